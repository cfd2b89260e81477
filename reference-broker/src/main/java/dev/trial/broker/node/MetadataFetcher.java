package dev.trial.broker.node;

import dev.trial.broker.metadata.ImageStore;
import dev.trial.broker.quorum.MetadataLog;
import dev.trial.broker.quorum.QuorumMessages;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.Peers;
import dev.trial.core.world.Host;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * Follows the metadata log as an observer (KIP-595): fetches from the quorum's leader, applies what
 * is committed, and so also knows who the active controller is.
 */
public final class MetadataFetcher {
  private static final int UNKNOWN = -1;
  private static final int FETCH_WAIT_MS = 500;
  private static final long RETRY_MS = 50;

  private final Host host;
  private final int broker;
  private final List<Integer> voters;
  private final BrokerSettings settings;
  private final Peers peers;
  private final ImageStore images;
  private final MetadataLog log;
  private final List<Runnable> leaderListeners = new ArrayList<>();
  private int leader = UNKNOWN;
  private int epoch = UNKNOWN;
  private int nextVoter;
  private long highWatermark;
  private long applied;
  private boolean caughtUp;

  /**
   * @param peers connections of its own: a long-polled fetch holds back other calls
   */
  public MetadataFetcher(
      Host host,
      int broker,
      List<Integer> voters,
      BrokerSettings settings,
      Peers peers,
      ImageStore images) {
    this.host = host;
    this.broker = broker;
    this.voters = List.copyOf(voters);
    this.settings = settings;
    this.peers = peers;
    this.images = images;
    this.log = new MetadataLog(host.disk());
    // Brokers begin with different voters, so that not all of them ask the same one.
    this.nextVoter = Math.floorMod(broker, voters.size());
  }

  /** Begins to fetch, for as long as the process lives. */
  public void start() {
    fetch();
  }

  /** The active controller as far as known; −1 if not. */
  public int activeController() {
    return leader;
  }

  /** Offset of the last applied entry; −1 before the first. */
  public long appliedOffset() {
    return applied - 1;
  }

  /** True once everything committed at the time of a fetch was applied. */
  public boolean caughtUp() {
    return caughtUp;
  }

  /** Called when another controller is active, or none is known any more. */
  public void onControllerChange(Runnable listener) {
    leaderListeners.add(listener);
  }

  private void fetch() {
    int target = leader == UNKNOWN ? voters.get(nextVoter) : leader;
    peers.call(
        target,
        QuorumMessages.fetch(
            broker, leader == UNKNOWN ? UNKNOWN : epoch, log, highWatermark, FETCH_WAIT_MS),
        settings.quorumRequestTimeoutMs(),
        new Peers.Reply() {
          @Override
          public void answered(ApiMessage response) {
            fetched(target, QuorumMessages.partition((FetchResponseData) response));
          }

          @Override
          public void failed(String why) {
            loseLeader();
          }
        });
  }

  private void fetched(int from, FetchResponseData.PartitionData answer) {
    int toldLeader = answer.currentLeader().leaderId();
    int toldEpoch = answer.currentLeader().leaderEpoch();
    boolean elsewhere = answer.errorCode() != Errors.NONE.code() && toldLeader == leader;
    if (toldEpoch < epoch || toldLeader == UNKNOWN || elsewhere) {
      loseLeader();
      return;
    }
    follow(toldEpoch, toldLeader);
    if (answer.errorCode() == Errors.NONE.code()) {
      take(answer);
      caughtUp = caughtUp || applied >= answer.highWatermark();
    }
    fetch();
  }

  private void take(FetchResponseData.PartitionData answer) {
    if (answer.divergingEpoch().endOffset() >= 0) {
      long own = log.endOf(answer.divergingEpoch().epoch()).endOffset();
      log.truncate(Math.max(applied, Math.min(own, answer.divergingEpoch().endOffset())));
      return;
    }
    if (QuorumMessages.entries(answer).hasRemaining()) {
      log.appendFramed(QuorumMessages.entries(answer));
    }
    highWatermark = Math.max(highWatermark, Math.min(answer.highWatermark(), log.endOffset()));
    while (applied < highWatermark) {
      long offset = applied++;
      images.apply(offset, log.entry(offset).payload());
    }
  }

  private void follow(int newEpoch, int newLeader) {
    if (newEpoch != epoch || newLeader != leader) {
      epoch = newEpoch;
      leader = newLeader;
      leaderListeners.forEach(Runnable::run);
    }
  }

  private void loseLeader() {
    if (leader != UNKNOWN) {
      leader = UNKNOWN;
      leaderListeners.forEach(Runnable::run);
    }
    nextVoter = (nextVoter + 1) % voters.size();
    host.timers().after(RETRY_MS, this::fetch);
  }
}
