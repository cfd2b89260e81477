package dev.trial.broker.replication;

import dev.trial.broker.metadata.BrokerState;

/**
 * Where a consumer should read instead of from the leader (KIP-392): with replica.selector.class
 * RackAwareReplicaSelector, from the replica in its own rack that is closest to the leader's end.
 * As Kafka's ReplicaManager does, only in-sync replicas that hold the asked offset are looked at: a
 * consumer sent to one that lags would be sent there again and again.
 */
final class ReadReplicaSelector {

  /** The answer where the leader itself is to be read. */
  static final int LEADER = -1;

  private static final String RACK_AWARE =
      "org.apache.kafka.common.replica.RackAwareReplicaSelector";

  private final ReplicaContext context;
  private final String rack;

  /**
   * @param rack the consumer's client.rack, null or empty if it has none
   */
  ReadReplicaSelector(ReplicaContext context, String rack) {
    this.context = context;
    boolean given = rack != null && !rack.isEmpty();
    this.rack = given && rackAware(context) ? rack : "";
  }

  private static boolean rackAware(ReplicaContext context) {
    return context.settings.text("replica.selector.class", "").equals(RACK_AWARE);
  }

  /** False if every reader is answered by the leader it asks. */
  boolean mayRedirect() {
    return !rack.isEmpty();
  }

  /** A broker's id, or {@link #LEADER}. */
  int select(LocalPartition partition, long offset) {
    if (rack.isEmpty() || !partition.leading() || inRack(context.brokerId)) {
      return LEADER;
    }
    RemoteReplica best = null;
    for (RemoteReplica each : partition.remotes()) {
      if (inRack(each.broker) && holds(partition, each, offset) && closer(each, best)) {
        best = each;
      }
    }
    return best == null ? LEADER : best.broker;
  }

  private boolean inRack(int broker) {
    BrokerState state = context.image() == null ? null : context.image().brokers().get(broker);
    return state != null && !state.fenced() && rack.equals(state.rack());
  }

  private static boolean holds(LocalPartition partition, RemoteReplica replica, long offset) {
    return partition.inSync().committed().contains(replica.broker)
        && replica.logEnd() >= offset
        && replica.logStart() <= offset;
  }

  /** The furthest end, then the latest moment of having caught up, then the highest id. */
  private static boolean closer(RemoteReplica one, RemoteReplica other) {
    if (other == null || one.logEnd() != other.logEnd()) {
      return other == null || one.logEnd() > other.logEnd();
    }
    return one.lastCaughtUpMs() != other.lastCaughtUpMs()
        ? one.lastCaughtUpMs() > other.lastCaughtUpMs()
        : one.broker > other.broker;
  }
}
