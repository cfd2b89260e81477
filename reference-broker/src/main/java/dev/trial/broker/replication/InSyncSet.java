package dev.trial.broker.replication;

import java.util.List;

/**
 * The in-sync replicas as the controller committed them and, while an AlterPartition is under way,
 * as this leader proposed them (KIP-497).
 *
 * @param proposed null when nothing is under way
 */
record InSyncSet(List<Integer> committed, List<Integer> proposed) {

  static InSyncSet committed(List<Integer> replicas) {
    return new InSyncSet(List.copyOf(replicas), null);
  }

  InSyncSet proposing(List<Integer> replicas) {
    return new InSyncSet(committed, List.copyOf(replicas));
  }

  InSyncSet withdrawn() {
    return new InSyncSet(committed, null);
  }

  boolean inFlight() {
    return proposed != null;
  }

  /**
   * The maximal set: the high watermark must respect every replica that may be in the set once the
   * controller has answered, whichever way it answers.
   */
  boolean maximalContains(int broker) {
    return committed.contains(broker) || (proposed != null && proposed.contains(broker));
  }

  int maximalSize() {
    // A proposal either adds one replica or only removes some.
    return proposed == null ? committed.size() : Math.max(committed.size(), proposed.size());
  }
}
