package dev.trial.broker.cluster;

import dev.trial.broker.log.PartitionLog;
import dev.trial.broker.replication.CommittedPrefix;
import dev.trial.core.history.PartitionId;
import java.util.Map;
import java.util.TreeMap;

/** One replica and how far it was found equal to the others. */
final class WatchedReplica {
  private final PartitionId partition;
  private final PartitionLog log;
  private final Map<Integer, Counterpart> counterparts = new TreeMap<>();
  private long watermark = -1;

  /** Another process's log begins again. */
  private record Counterpart(PartitionLog log, CommittedPrefix prefix) {}

  WatchedReplica(PartitionId partition, PartitionLog log) {
    this.partition = partition;
    this.log = log;
  }

  PartitionId partition() {
    return partition;
  }

  /** True if more (or less) is committed than at the last call. */
  boolean watermarkMoved() {
    long now = log.highWatermark();
    boolean moved = now != watermark;
    watermark = now;
    return moved;
  }

  /** The first committed offset at which the known log of the broker differs, −1 if none does. */
  long firstDifference(int broker, PartitionLog other) {
    return counterparts.get(broker).prefix().firstDifference(log, other);
  }

  /** True if this log is being compared with that one of the broker. */
  boolean knows(int broker, PartitionLog other) {
    Counterpart counterpart = counterparts.get(broker);
    return counterpart != null && counterpart.log() == other;
  }

  /** How far this log was found equal to that one of the broker; null if they never met. */
  CommittedPrefix prefix(int broker, PartitionLog other) {
    return knows(broker, other) ? counterparts.get(broker).prefix() : null;
  }

  /** From now on this log is compared with that one of the broker. */
  void meet(int broker, PartitionLog other, CommittedPrefix equal) {
    counterparts.put(broker, new Counterpart(other, equal));
  }

  PartitionLog log() {
    return log;
  }
}
