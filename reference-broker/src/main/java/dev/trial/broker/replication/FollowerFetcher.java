package dev.trial.broker.replication;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.log.EpochEnd;
import dev.trial.broker.log.PartitionLog;
import dev.trial.broker.wire.Peers;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Timers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * Copies from one leader broker everything this broker follows there: one Fetch at a time for all
 * partitions, with the last fetched epoch, so that the leader can tell where logs diverge
 * (KIP-595's way of KIP-279, used for replicas since 2.7).
 */
final class FollowerFetcher {
  private static final int MIN_BYTES = 1;

  private final ReplicaContext context;
  private final Peers peers;
  private final RefusedBatchListener refusedBatches;
  private final int leader;
  private final long timeoutMs;
  private final int maxWaitMs;
  private final int maxBytes;
  private final int partitionMaxBytes;
  private final Map<PartitionId, Following> following = new TreeMap<>();
  private boolean inFlight;
  private Timers.Timer pause;

  FollowerFetcher(
      ReplicaContext context, Peers peers, RefusedBatchListener refusedBatches, int leader) {
    this.context = context;
    this.peers = peers;
    this.refusedBatches = refusedBatches;
    this.leader = leader;
    this.timeoutMs = context.settings.replicaSocketTimeoutMs();
    this.maxWaitMs = context.settings.replicaFetchWaitMaxMs();
    this.maxBytes = (int) context.settings.number("replica.fetch.response.max.bytes", 10_485_760);
    this.partitionMaxBytes = (int) context.settings.number("replica.fetch.max.bytes", 1_048_576);
  }

  /** Follows the partition under its current leader epoch. */
  void follow(LocalPartition partition) {
    following.put(partition.id, new Following(partition, partition.leaderEpoch()));
    wake();
  }

  /** Stops following the partition; an answer on its way is ignored. */
  void forget(PartitionId id) {
    following.remove(id);
  }

  private void wake() {
    if (!inFlight) {
      resumeAfter(0);
    }
  }

  private void resumeAfter(long delayMs) {
    endPause();
    pause = context.host.timers().after(delayMs, this::fetch);
  }

  private void endPause() {
    if (pause != null) {
      pause.cancel();
      pause = null;
    }
  }

  private void fetch() {
    endPause();
    if (inFlight || following.isEmpty()) {
      return;
    }
    List<Following> asked = new ArrayList<>();
    long now = context.host.clock().millis();
    long soonest = Long.MAX_VALUE;
    for (Following one : following.values()) {
      if (one.pausedUntilMs <= now) {
        asked.add(one);
      } else {
        soonest = Math.min(soonest, one.pausedUntilMs);
      }
    }
    if (asked.isEmpty()) {
      if (soonest < Long.MAX_VALUE) {
        resumeAfter(soonest - now);
      }
      return;
    }
    inFlight = true;
    peers.call(leader, request(asked), timeoutMs, new Answer(asked));
  }

  private FetchRequestData request(List<Following> asked) {
    FetchRequestData request =
        new FetchRequestData()
            .setReplicaState(
                new FetchRequestData.ReplicaState()
                    .setReplicaId(context.brokerId)
                    .setReplicaEpoch(context.brokerEpoch.getAsLong()))
            .setMaxWaitMs(maxWaitMs)
            .setMinBytes(MIN_BYTES)
            .setMaxBytes(maxBytes)
            .setSessionEpoch(-1); // a full fetch, no session wanted (KIP-227)
    FetchTopic topic = null;
    for (Following one : asked) {
      LocalPartition partition = one.partition;
      if (topic == null || !topic.topicId().equals(partition.topicId)) {
        topic = new FetchTopic().setTopic(partition.id.topic()).setTopicId(partition.topicId);
        request.topics().add(topic);
      }
      topic.partitions().add(one.ask());
    }
    return request;
  }

  private final class Answer implements Peers.Reply {
    private final List<Following> asked;

    Answer(List<Following> asked) {
      this.asked = asked;
    }

    @Override
    public void answered(ApiMessage response) {
      inFlight = false;
      FetchResponseData data = (FetchResponseData) response;
      if (data.errorCode() != Errors.NONE.code()) {
        resumeAfter(context.settings.replicaFetchBackoffMs());
        return;
      }
      int next = 0;
      for (FetchableTopicResponse topic : data.responses()) {
        for (PartitionData partition : topic.partitions()) {
          next = take(next, topic, partition);
        }
      }
      if (!inFlight) {
        fetch();
      }
    }

    /** Answers come in the order of the request; whatever is missing is skipped. */
    private int take(int from, FetchableTopicResponse topic, PartitionData data) {
      for (int i = from; i < asked.size(); i++) {
        Following one = asked.get(i);
        if (one.matches(topic, data)) {
          if (following.get(one.partition.id) == one) {
            one.take(data);
          }
          return i + 1;
        }
      }
      return from;
    }

    @Override
    public void failed(String why) {
      inFlight = false;
      resumeAfter(context.settings.replicaFetchBackoffMs());
    }
  }

  /** One partition followed under one leader epoch. */
  private final class Following {
    private final LocalPartition partition;
    private final int leaderEpoch;
    private long askedOffset;
    private long pausedUntilMs;

    Following(LocalPartition partition, int leaderEpoch) {
      this.partition = partition;
      this.leaderEpoch = leaderEpoch;
    }

    FetchPartition ask() {
      PartitionLog log = partition.log;
      askedOffset = log.endOffset();
      boolean askByEpoch = !context.has(Defect.TRUNCATE_TO_HIGH_WATERMARK);
      return new FetchPartition()
          .setPartition(partition.id.partition())
          .setCurrentLeaderEpoch(leaderEpoch)
          .setFetchOffset(askedOffset)
          .setLastFetchedEpoch(askByEpoch ? log.epochs().latestEpoch() : -1)
          .setLogStartOffset(log.startOffset())
          .setPartitionMaxBytes(partitionMaxBytes);
    }

    boolean matches(FetchableTopicResponse topic, PartitionData data) {
      boolean sameTopic =
          partition.topicId.equals(topic.topicId()) || partition.id.topic().equals(topic.topic());
      return sameTopic && data.partitionIndex() == partition.id.partition();
    }

    void take(PartitionData data) {
      if (askedOffset != partition.log.endOffset() || partition.leaderEpoch() != leaderEpoch) {
        return;
      }
      Errors error = Errors.forCode(data.errorCode());
      switch (error) {
        case NONE -> copy(data);
        case OFFSET_OUT_OF_RANGE -> startOver();
        // The leader is ahead: the metadata will bring the new epoch, or the partition's end.
        case FENCED_LEADER_EPOCH -> pausedUntilMs = Long.MAX_VALUE;
        default -> pause();
      }
    }

    private void copy(PartitionData data) {
      PartitionLog log = partition.log;
      if (data.divergingEpoch().endOffset() >= 0) {
        truncate(new EpochEnd(data.divergingEpoch().epoch(), data.divergingEpoch().endOffset()));
        return;
      }
      ByteBuffer bytes = ((MemoryRecords) data.records()).buffer();
      Errors refused = bytes.hasRemaining() ? log.appendAsFollower(bytes) : Errors.NONE;
      if (refused != Errors.NONE) {
        refuse(refused);
        return;
      }
      long before = log.highWatermark();
      log.highWatermark(data.highWatermark());
      log.raiseStart(data.logStartOffset());
      if (log.highWatermark() > before) {
        partition.waiters().wake(); // consumers may read from a follower (KIP-392)
      }
    }

    /**
     * Cuts to the smaller of both ends of the epoch in which the logs last agreed. If this log does
     * not have that epoch, the next fetch asks with what is left (KIP-279).
     */
    private void truncate(EpochEnd theirs) {
      PartitionLog log = partition.log;
      EpochEnd ours = log.endOfEpoch(theirs.leaderEpoch());
      long target = Math.min(theirs.endOffset(), log.endOffset());
      if (ours.endOffset() >= 0) {
        boolean sameEpoch = ours.leaderEpoch() == theirs.leaderEpoch();
        target =
            sameEpoch
                ? Math.min(target, ours.endOffset())
                : Math.min(ours.endOffset(), log.endOffset());
      }
      log.truncateTo(target);
    }

    /**
     * A wrong checksum may be right the next time. What does not follow on this log never will: the
     * partition has failed until the leader's epoch changes
     * (AbstractFetcherThread.processFetchRequest of Kafka 4.3.1, on CorruptRecordException and on
     * UnexpectedAppendOffsetException).
     */
    private void refuse(Errors error) {
      if (error == Errors.CORRUPT_MESSAGE) {
        refusedBatches.refused(Oracle.FETCHED_BATCH, partition.id, "its checksum is wrong");
        pause();
      } else {
        long end = partition.log.endOffset();
        refusedBatches.refused(
            Oracle.FETCHED_BATCH, partition.id, "it does not follow on this log's end, " + end);
        pausedUntilMs = Long.MAX_VALUE;
      }
    }

    /** The leader's log begins above or ends below this one (after an unclean election). */
    private void startOver() {
      pausedUntilMs = Long.MAX_VALUE;
      new StartOver(context, peers, leader, partition, leaderEpoch).begin(this::startedOver);
    }

    private void startedOver(boolean ready) {
      pausedUntilMs = 0;
      if (!ready) {
        pause();
      }
      if (following.get(partition.id) == this) {
        wake();
      }
    }

    private void pause() {
      pausedUntilMs = context.host.clock().millis() + context.settings.replicaFetchBackoffMs();
    }
  }
}
