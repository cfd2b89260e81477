package dev.trial.broker.replication;

import dev.trial.broker.log.PartitionLog;
import java.util.List;

/** What must hold of a replica after every event. */
final class ReplicaInvariants {

  private ReplicaInvariants() {}

  /** The first rule that does not hold, null if all do. */
  static String broken(LocalPartition partition) {
    PartitionLog log = partition.log;
    if (log.startOffset() > log.highWatermark() || log.highWatermark() > log.endOffset()) {
      return "start "
          + log.startOffset()
          + ", high watermark "
          + log.highWatermark()
          + ", end "
          + log.endOffset()
          + " are out of order";
    }
    if (!log.epochs().monotonic()) {
      return "leader epochs " + log.epochs().entries() + " are not monotonic";
    }
    return partition.leading() ? watermarkAhead(partition) : null;
  }

  /** A watermark passes only what every replica of the in-sync set is known to hold. */
  private static String watermarkAhead(LocalPartition partition) {
    long watermark = partition.log.highWatermark();
    List<RemoteReplica> remotes = partition.remotes();
    for (int i = 0; i < remotes.size(); i++) {
      RemoteReplica remote = remotes.get(i);
      boolean behind = remote.logEnd() >= 0 && remote.logEnd() < watermark;
      if (behind && partition.inSync().committed().contains(remote.broker)) {
        return "high watermark "
            + watermark
            + " is ahead of in-sync broker "
            + remote.broker
            + ", known to end at "
            + remote.logEnd();
      }
    }
    return null;
  }
}
