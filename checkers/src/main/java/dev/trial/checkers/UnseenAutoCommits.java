package dev.trial.checkers;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.CommittedFact;
import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.core.history.Action.Commit;

/**
 * Commits that a consumer makes by itself (enable.auto.commit) and that nobody saw: a history has
 * them once they are answered, by KIP-848's consumer at its next poll even (it commits on a thread
 * of its own): one whose client dies first may be stored all the same.
 */
record UnseenAutoCommits(Evidence evidence, GroupPartition at) {

  /** True if one of them may have put the told offset there after {@code last}. */
  boolean mayHavePut(CommittedFact told, CommitFact last) {
    if (told.offset() <= last.offset() || !byThemselves()) {
      return false;
    }
    Deliveries rows = evidence.deliveries();
    long began = began(last);
    for (int i = 0; i < at.deliveries().size(); i++) {
      int row = at.deliveries().getInt(i);
      if (rows.operation(row) > told.told()) {
        return false;
      }
      // Who committed last may do so again from where it was; anybody else took over since.
      boolean since = rows.operation(row) > began || rows.process(row) == last.process();
      if (since && commitsByItself(rows.process(row)) && reached(rows.offset(row) + 1, told)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where a commit began at the earliest: one that a client made by itself may be told long after
   * the partition was another's.
   */
  private long began(CommitFact commit) {
    Ownership owner = at.ownerAt(commit.process(), commit.invoked());
    boolean byItself = commit.mode() == Commit.Mode.AUTO && owner != null;
    return byItself ? owner.assigned() : commit.invoked();
  }

  /** A position passes markers and aborted data by itself. */
  private boolean reached(long position, CommittedFact told) {
    LogView log = evidence.log(at.partition());
    boolean passed =
        log.proven()
            && position < told.offset()
            && told.offset() <= log.end()
            && evidence.mustSeeRow(log, position, told.offset()) < 0;
    return position == told.offset() || passed;
  }

  private boolean byThemselves() {
    for (GroupPartition each : evidence.group(at.group())) {
      if (each.commits().stream().anyMatch(commit -> commit.mode() == Commit.Mode.AUTO)) {
        return true;
      }
    }
    return false;
  }

  private boolean commitsByItself(int process) {
    return !"false".equals(evidence.process(process).settings().get("enable.auto.commit"));
  }
}
