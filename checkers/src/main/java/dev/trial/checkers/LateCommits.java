package dev.trial.checkers;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.CommittedFact;
import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.core.history.Stage;

/**
 * Commits whose clients gave them up and that a broker served after newer ones. One explains that a
 * group went back only where the history shows each step: it was on its way while the newer commit
 * was made, and who then committed less had begun at its offset.
 */
record LateCommits(Deliveries rows, GroupPartition at, Report report) {

  /** Where a process began with the partition, and which operation shows it. */
  private record Start(long offset, long operation) {}

  /**
   * The late commit of this group and partition behind {@code after}, which is below {@code
   * before}; null if none is proven.
   */
  CommitFact behind(CommitFact before, CommitFact after) {
    return behind(before, after.process(), after.invoked());
  }

  /** Of those that a process went on from which committed at an index. */
  private CommitFact behind(CommitFact before, int process, long index) {
    report.cost(at.commits().size());
    Start start = start(process, index);
    if (start == null || start.operation() <= before.invoked()) {
      return null;
    }
    for (CommitFact each : at.commits()) {
      boolean left = each.outcome() == Stage.INFO && each.invoked() < start.operation();
      if (left && each.offset() == start.offset() && each.offset() < before.offset()) {
        CommitFact late = overtaken(before, each);
        if (late != null) {
          return late;
        }
      }
    }
    return null;
  }

  /** One that was begun after the newer commit was over had itself gone on from a late one. */
  private CommitFact overtaken(CommitFact before, CommitFact left) {
    return left.invoked() < before.completed()
        ? left
        : behind(before, left.process(), left.invoked());
  }

  /** The first thing it was told, or else given, since it got the partition; null if neither. */
  private Start start(int process, long index) {
    Ownership owner = at.ownerAt(process, index);
    long from = owner == null ? -1 : owner.assigned();
    for (CommittedFact each : at.told()) {
      if (each.process() == process && each.told() > from && each.told() < index) {
        return new Start(each.offset(), each.told());
      }
    }
    for (int i = 0; i < at.deliveries().size(); i++) {
      int row = at.deliveries().getInt(i);
      long operation = rows.operation(row);
      if (rows.process(row) == process && operation > from && operation < index) {
        return new Start(rows.offset(row), operation);
      }
    }
    return null;
  }
}
