package dev.trial.checkers;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Rebalance;
import java.util.List;

/**
 * Members that were told to have lost their partitions, were given records of them all the same,
 * and committed (KAFKA-20321).
 */
record ReadsAfterLoss(Evidence evidence, GroupPartition at, Report report) {

  /**
   * The loss and the first poll after it that brought what was lost, where the commit followed
   * without another assignment; empty if there are none.
   */
  List<Long> before(CommitFact commit) {
    Ownership lost = at.ownerAt(commit.process(), commit.invoked());
    if (lost == null || lost.released() >= commit.invoked() || !lost(lost.released())) {
      return List.of();
    }
    long poll = Long.MAX_VALUE;
    for (GroupPartition each : evidence.group(at.group())) {
      Ownership own = each.ownerAt(commit.process(), commit.invoked());
      if (own != null && own.released() == lost.released()) {
        poll = Math.min(poll, delivered(each, commit.process(), lost.released()));
      }
    }
    return poll < commit.invoked() ? List.of(lost.released(), poll) : List.of();
  }

  private boolean lost(long index) {
    Action how = evidence.history().at(index).action();
    return how instanceof Rebalance rebalance && rebalance.change() == Rebalance.Change.LOST;
  }

  /** The first operation after an index that gave a process records of the partition. */
  private long delivered(GroupPartition partition, int process, long after) {
    report.cost(partition.deliveries().size());
    Deliveries rows = evidence.deliveries();
    for (int i = 0; i < partition.deliveries().size(); i++) {
      int row = partition.deliveries().getInt(i);
      if (rows.process(row) == process && rows.operation(row) > after) {
        return rows.operation(row);
      }
    }
    return Long.MAX_VALUE;
  }
}
