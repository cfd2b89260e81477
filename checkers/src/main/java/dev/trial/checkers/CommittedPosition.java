package dev.trial.checkers;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;

/**
 * What lies before a committed offset, and whether a truncation took it from whoever had read it.
 */
record CommittedPosition(Evidence evidence, Losses losses, Report report, GroupPartition at) {

  /**
   * True if the record before the offset was truncated, for a known reason, after it was read: that
   * may be long before the commit. Where nobody is known to have read it, since the commit.
   */
  boolean truncated(CommitFact commit) {
    LogView log = evidence.log(at.partition());
    if (!log.proven() || commit.offset() <= 0) {
      return false;
    }
    report.cost(at.deliveries().size());
    long offset = commit.offset() - 1;
    Deliveries rows = evidence.deliveries();
    int row = at.lastDelivery(rows, commit.process(), offset, commit.invoked());
    return row < 0
        ? truncatedSince(commit.offset(), commit.invoked())
        : losses.truncated(log, offset, rows.value(row), rows.operation(row));
  }

  /**
   * True if the record before the offset was truncated, for a known reason, since that operation.
   */
  boolean truncatedSince(long committed, long index) {
    LogView log = evidence.log(at.partition());
    return log.proven() && committed > 0 && losses.ofRead(log, committed - 1, index).explained();
  }
}
