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

  /** The first committed offset at which the broker's log differs, −1 if there is none. */
  long firstDifference(int broker, PartitionLog other) {
    if (other == null || !log.replicaOf(other)) {
      return -1; // none, or still that of a deleted topic of this name
    }
    Counterpart counterpart = counterparts.get(broker);
    if (counterpart == null || counterpart.log() != other) {
      counterpart = new Counterpart(other, new CommittedPrefix());
      counterparts.put(broker, counterpart);
    }
    return counterpart.prefix().firstDifference(log, other);
  }
}
