package dev.trial.broker.replication;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.log.EpochEnd;
import dev.trial.broker.log.LeaderAppend;
import dev.trial.broker.log.Origin;
import dev.trial.broker.log.PartitionLog;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.core.history.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.AlterPartitionResponseData;
import org.apache.kafka.common.protocol.Errors;

/**
 * One replica on this broker. As a leader it appends, counts what followers hold, moves the high
 * watermark and proposes changes of the in-sync set; as a follower it only knows whom to follow.
 */
final class LocalPartition {
  final PartitionId id;
  final Uuid topicId;
  final PartitionLog log;
  private final ReplicaContext context;
  private final IsrNegotiation negotiation;
  private final Waiters waiters;
  private final List<RemoteReplica> remotes = new ArrayList<>();
  private InSyncSet inSync = InSyncSet.committed(List.of());
  private boolean leading;
  private boolean retired;
  private int leader = -1;
  private int leaderEpoch = -1;
  private int partitionEpoch = -1;
  private long epochStart = -1;

  /** Counts what invariants are about, beside the log: leadership, followers' ends, the ISR. */
  private int changes;

  private int soundAt = -1;

  LocalPartition(
      PartitionId id,
      Uuid topicId,
      PartitionLog log,
      ReplicaContext context,
      IsrNegotiation negotiation) {
    this.id = id;
    this.topicId = topicId;
    this.log = log;
    this.context = context;
    this.negotiation = negotiation;
    this.waiters = new Waiters(context.scope);
  }

  boolean leading() {
    return leading;
  }

  int leader() {
    return leader;
  }

  int leaderEpoch() {
    return leaderEpoch;
  }

  int partitionEpoch() {
    return partitionEpoch;
  }

  InSyncSet inSync() {
    return inSync;
  }

  List<RemoteReplica> remotes() {
    return remotes;
  }

  /** The first invariant that does not hold, null if all do; looked at again once it may differ. */
  String brokenInvariant() {
    int now = changes();
    if (now == soundAt) {
      return null;
    }
    String broken = ReplicaInvariants.broken(this);
    soundAt = broken == null ? now : -1;
    return broken;
  }

  /** How often anything may have changed that an invariant is about, or the answer to a fetch. */
  int changes() {
    return changes + log.changes();
  }

  Waiters waiters() {
    return waiters;
  }

  // ---- what the controller decides

  /** Applies the controller's decision; an older one than known is ignored. */
  void apply(PartitionState state) {
    changes++;
    if (state.partitionEpoch() < partitionEpoch || state.leaderEpoch() < leaderEpoch) {
      return;
    }
    if (state.leader() == context.brokerId) {
      if (state.leaderEpoch() < log.epochs().latestEpoch()) {
        return; // metadata replayed after a restart: this log has seen later leaders
      }
      lead(state);
    } else {
      follow(state);
    }
    waiters.wake();
  }

  private void lead(PartitionState state) {
    boolean newLeader = !leading;
    boolean newEpoch = state.leaderEpoch() > leaderEpoch;
    keepRemotes(state.replicas());
    inSync = InSyncSet.committed(state.inSyncReplicas());
    if (newEpoch) {
      epochStart = log.endOffset();
      // KIP-279: cached even before the first append, so that followers with a later epoch than any
      // in this log can be told where to cut.
      log.epochs().assign(state.leaderEpoch(), epochStart);
      if (context.has(Defect.WATERMARK_AT_END_AFTER_ELECTION)) {
        log.highWatermark(epochStart);
      }
      if (newLeader && context.has(Defect.PRODUCERS_LOST_AT_ELECTION)) {
        log.producers().clear();
      }
      long now = context.nowMs();
      for (RemoteReplica remote : remotes) {
        remote.reset(now, epochStart, newLeader, state.inSyncReplicas().contains(remote.broker));
      }
    }
    leading = true;
    adopt(state);
    raiseHighWatermark();
  }

  private void follow(PartitionState state) {
    boolean cut = state.leaderEpoch() > leaderEpoch;
    leading = false;
    epochStart = -1;
    remotes.clear();
    inSync = InSyncSet.committed(List.of());
    adopt(state);
    if (cut && context.has(Defect.TRUNCATE_TO_HIGH_WATERMARK)) {
      log.truncateTo(log.highWatermark()); // what followers did before KIP-101
    }
  }

  private void adopt(PartitionState state) {
    leader = state.leader();
    leaderEpoch = state.leaderEpoch();
    partitionEpoch = state.partitionEpoch();
  }

  /** The broker no longer has this replica: nothing waits for it any more. */
  void retire() {
    changes++;
    retired = true;
    leading = false;
    leader = -1;
    waiters.wake();
  }

  private void keepRemotes(List<Integer> replicas) {
    remotes.removeIf(remote -> !replicas.contains(remote.broker));
    for (int broker : replicas) {
      if (broker != context.brokerId && remote(broker) == null) {
        remotes.add(new RemoteReplica(broker));
      }
    }
  }

  RemoteReplica remote(int broker) {
    for (int i = 0; i < remotes.size(); i++) {
      if (remotes.get(i).broker == broker) {
        return remotes.get(i);
      }
    }
    return null;
  }

  // ---- requests

  /**
   * KIP-320: FENCED_LEADER_EPOCH to who knows less than this broker, UNKNOWN_LEADER_EPOCH to who
   * knows more; then NOT_LEADER_OR_FOLLOWER if it does not lead.
   *
   * @param epoch −1 if the request has none
   */
  Errors checkLeader(int epoch) {
    if (epoch >= 0 && epoch < leaderEpoch && !context.has(Defect.OLD_LEADER_EPOCH_SERVED)) {
      return Errors.FENCED_LEADER_EPOCH;
    }
    if (epoch >= 0 && epoch > leaderEpoch) {
      return Errors.UNKNOWN_LEADER_EPOCH;
    }
    return leading ? Errors.NONE : Errors.NOT_LEADER_OR_FOLLOWER;
  }

  /** Appends what a client or a coordinator wants stored. */
  Appending append(ByteBuffer batches, boolean allInSync, Origin origin) {
    if (!leading) {
      return Appending.refused(Errors.NOT_LEADER_OR_FOLLOWER);
    }
    if (allInSync && inSync.committed().size() < minInSync()) {
      return Appending.refused(Errors.NOT_ENOUGH_REPLICAS);
    }
    LeaderAppend append = log.appendAsLeader(batches, leaderEpoch, origin, context.nowMs());
    if (append.error() == Errors.NONE && !append.duplicate()) {
      raiseHighWatermark();
      waiters.wake();
    }
    return new Appending(append);
  }

  /**
   * Whether acks=all may be answered for everything below the offset: null while it must wait, NONE
   * or NOT_ENOUGH_REPLICAS_AFTER_APPEND when committed, NOT_LEADER_OR_FOLLOWER when this broker
   * can't tell any more.
   */
  Errors committed(long requiredOffset) {
    if (!leading) {
      return context.has(Defect.DEPOSED_LEADER_ACKNOWLEDGES)
          ? Errors.NONE
          : Errors.NOT_LEADER_OR_FOLLOWER;
    }
    if (context.has(Defect.ACK_BEFORE_IN_SYNC) || log.answersFromMemory(requiredOffset)) {
      return Errors.NONE;
    }
    if (log.highWatermark() < requiredOffset) {
      return null;
    }
    return minInSync() <= inSync.maximalSize()
        ? Errors.NONE
        : Errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND;
  }

  /** True while a fresh leader's high watermark is behind its own epoch (KIP-207). */
  boolean watermarkBehindEpoch() {
    return epochStart > log.highWatermark();
  }

  /**
   * KIP-392: as {@link #checkLeader}, but a replica that follows the leader of that epoch may be
   * read, too.
   */
  Errors checkReplica(int epoch) {
    Errors leadership = checkLeader(epoch);
    return leadership == Errors.NOT_LEADER_OR_FOLLOWER && !retired ? Errors.NONE : leadership;
  }

  /** Where the log ends for the reader. */
  long readLimit(Reader reader) {
    return switch (reader) {
      case REPLICA -> log.endOffset();
      case UNCOMMITTED ->
          context.has(Defect.READ_ABOVE_HIGH_WATERMARK) ? log.endOffset() : log.highWatermark();
      case COMMITTED -> log.lastStableOffset();
    };
  }

  /**
   * Compares the reader's last fetched epoch with this log (KIP-595, KIP-320).
   *
   * @return null if the reader's log agrees with this one up to its fetch offset
   */
  EpochEnd divergence(int lastFetchedEpoch, long fetchOffset) {
    EpochEnd end = log.endOfEpoch(lastFetchedEpoch);
    boolean agrees = end.leaderEpoch() == lastFetchedEpoch && end.endOffset() >= fetchOffset;
    return agrees || context.has(Defect.DIVERGENCE_NOT_TOLD) ? null : end;
  }

  /** Where an epoch ends in this log, for who has read on from it (KIP-320). */
  EpochEnd epochEnd(int epoch) {
    return context.has(Defect.TRUNCATION_HIDDEN_FROM_CONSUMERS)
        ? new EpochEnd(epoch, log.endOffset())
        : log.endOfEpoch(epoch);
  }

  /** Where the log begins on every live replica at the latest (KIP-107). */
  long lowWatermark() {
    long low = log.startOffset();
    for (RemoteReplica remote : remotes) {
      if (context.aliveBrokerEpoch(remote.broker) >= 0) {
        low = Math.min(low, remote.logStart());
      }
    }
    return low;
  }

  /** Notes what a follower holds; NOT_LEADER_OR_FOLLOWER to an incarnation that is gone. */
  Errors followerFetched(RemoteReplica remote, long fetchOffset, long brokerEpoch) {
    if (brokerEpoch != -1 && context.aliveBrokerEpoch(remote.broker) > brokerEpoch) {
      return Errors.NOT_LEADER_OR_FOLLOWER;
    }
    changes++;
    long before = remote.logEnd();
    remote.fetched(fetchOffset, context.nowMs(), log.endOffset(), brokerEpoch);
    maybeExpand(remote);
    if (before != remote.logEnd() && raiseHighWatermark()) {
      waiters.wake();
    }
    return Errors.NONE;
  }

  // ---- the high watermark

  /** min.insync.replicas, but never more than there are replicas. */
  private int minInSync() {
    return context.has(Defect.MIN_INSYNC_IGNORED)
        ? 1
        : Math.min(log.settings().minInSync(), remotes.size() + 1);
  }

  /**
   * Moves the high watermark to the smallest end of the maximal in-sync set and of replicas that
   * are about to join it. Held while the set is too small (KAFKA-15583): who is elected then may
   * not have what was acknowledged.
   */
  private boolean raiseHighWatermark() {
    boolean held =
        inSync.committed().size() < minInSync() && !context.has(Defect.WATERMARK_NOT_HELD);
    if (!leading || held) {
      return false;
    }
    long lowest = log.endOffset();
    long secondLowest = lowest;
    long now = context.nowMs();
    for (RemoteReplica remote : remotes) {
      long end = remote.logEnd();
      if (end < secondLowest && counts(remote, now)) {
        secondLowest = Math.max(end, lowest);
        lowest = Math.min(end, lowest);
      }
    }
    long candidate = context.has(Defect.HIGH_WATERMARK_AHEAD) ? secondLowest : lowest;
    if (candidate <= log.highWatermark()) {
      return false;
    }
    log.highWatermark(candidate);
    return true;
  }

  private boolean counts(RemoteReplica remote, long now) {
    return inSync.maximalContains(remote.broker)
        || (remote.caughtUp(log.endOffset(), now, context.replicaLagTimeMaxMs)
            && context.eligible(remote.broker, remote.brokerEpoch()));
  }

  // ---- the in-sync set

  /** A follower joins when it has all that is committed and all before this leader's epoch. */
  private void maybeExpand(RemoteReplica remote) {
    boolean caughtUp = remote.logEnd() >= log.highWatermark() && remote.logEnd() >= epochStart;
    if (leading
        && !inSync.inFlight()
        && (caughtUp || context.has(Defect.IN_SYNC_BEFORE_CAUGHT_UP))
        && !inSync.committed().contains(remote.broker)
        && context.eligible(remote.broker, remote.brokerEpoch())) {
      List<Integer> grown = new ArrayList<>(inSync.committed());
      grown.add(remote.broker);
      propose(grown);
    }
  }

  /** Proposes to drop followers that did not catch up within replica.lag.time.max.ms. */
  void maybeShrink() {
    if (context.has(Defect.IN_SYNC_BEFORE_CAUGHT_UP)) {
      // Also who is cut off and does not fetch: a single fetch brings all that is missing.
      remotes.forEach(this::maybeExpand);
    }
    if (!leading || inSync.inFlight()) {
      return;
    }
    List<Integer> kept = new ArrayList<>();
    for (int broker : inSync.committed()) {
      if (broker == context.brokerId || !tooLate(broker)) {
        kept.add(broker);
      }
    }
    if (kept.size() < inSync.committed().size()) {
      propose(kept);
    }
  }

  private boolean tooLate(int broker) {
    RemoteReplica remote = remote(broker);
    long maxLagMs = context.replicaLagTimeMaxMs;
    return remote == null || !remote.caughtUp(log.endOffset(), context.nowMs(), maxLagMs);
  }

  private void propose(List<Integer> replicas) {
    inSync = inSync.proposing(replicas);
    negotiation.submit(this, inSync);
  }

  /** The controller's answer to a proposal; ignored if the state has moved on since. */
  void alterPartitionAnswered(
      InSyncSet proposal, Errors error, AlterPartitionResponseData.PartitionData answer) {
    if (!leading || inSync != proposal) {
      return;
    }
    switch (error) {
      case NONE -> committedByController(answer);
      case OPERATION_NOT_ATTEMPTED, INELIGIBLE_REPLICA -> {
        // Certainly not applied, neither by this controller nor by an earlier one.
        inSync = inSync.withdrawn();
        raiseAndWake();
      }
      case UNKNOWN_TOPIC_OR_PARTITION,
          UNKNOWN_TOPIC_ID,
          FENCED_LEADER_EPOCH,
          INVALID_UPDATE_VERSION,
          INVALID_REQUEST,
          NEW_LEADER_ELECTED -> {
        // This leader is behind: the metadata will tell. Until then the proposal stands.
      }
      default -> negotiation.submit(this, proposal);
    }
  }

  private void committedByController(AlterPartitionResponseData.PartitionData answer) {
    if (answer.leaderEpoch() != leaderEpoch || answer.partitionEpoch() < partitionEpoch) {
      return;
    }
    changes++;
    inSync = InSyncSet.committed(answer.isr());
    partitionEpoch = answer.partitionEpoch();
    raiseAndWake();
  }

  private void raiseAndWake() {
    raiseHighWatermark();
    waiters.wake();
  }

  /** How an append went; {@code append} is never null. */
  record Appending(LeaderAppend append) {
    static Appending refused(Errors error) {
      return new Appending(LeaderAppend.refused(error));
    }

    /** The high watermark must reach this for acks=all. */
    long requiredOffset() {
      return append.lastOffset() + 1;
    }
  }
}
