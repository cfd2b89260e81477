package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.OWNERSHIP_OVERLAP;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.core.verdict.Cause;
import java.util.List;

/**
 * Two owners of one partition at once: an anomaly in one generation, or where {@link TwoOwners}
 * proves it across epochs; otherwise the earlier one does not know yet that it was evicted.
 */
final class OwnershipOverlaps {
  private final Evidence evidence;
  private final Report report;
  private final GroupPartition at;
  private final LogView log;

  OwnershipOverlaps(Evidence evidence, Report report, GroupPartition at, LogView log) {
    this.evidence = evidence;
    this.report = report;
    this.at = at;
    this.log = log;
  }

  void check() {
    List<Ownership> owners = at.owners();
    for (int later = 1; later < owners.size(); later++) {
      report.cost(later);
      Ownership second = owners.get(later);
      for (int earlier = 0; earlier < later; earlier++) {
        Ownership first = owners.get(earlier);
        boolean both = first.process() != second.process() && first.letGo() > second.assigned();
        if (!both || first.manual() || second.manual()) {
          continue;
        }
        if (!evidence.heardSince(evidence.process(first.process()), second.assigned())) {
          continue; // it may have given the partition up before
        }
        compare(first, second);
      }
    }
  }

  private void compare(Ownership first, Ownership second) {
    boolean overlapping = first.released() > second.assigned();
    if (second.generation() >= 0 && second.generation() < first.generation()) {
      if (overlapping) {
        zombie(first, second); // news of an older generation reached the later one late
      }
      return;
    }
    boolean known = first.generation() >= 0 && first.generation() == second.generation();
    TwoOwners owned = new TwoOwners(evidence, at, first, second);
    CommitFact commit = owned.accepted();
    int late = overlapping && commit == null ? owned.deliveredTooLate() : -1;
    if (known && overlapping && !StaticMemberChecker.tookOver(evidence, first, second)) {
      overlap(first, second);
    } else if (commit != null) {
      committedBoth(first, second, commit);
    } else if (late >= 0) {
      neverTold(first, second, late);
    } else if (overlapping) {
      zombie(first, second);
    }
  }

  private void overlap(Ownership first, Ownership second) {
    report.add(
        OWNERSHIP_OVERLAP,
        log.id(),
        List.of(first.assigned(), second.assigned()),
        List.of(),
        List.of(),
        Cause.UNEXPLAINED,
        "In generation "
            + second.generation()
            + " of group "
            + at.group()
            + " both "
            + evidence.process(first.process()).client()
            + " and "
            + evidence.process(second.process()).client()
            + " own "
            + log.id()
            + ".");
  }

  private void committedBoth(Ownership first, Ownership second, CommitFact commit) {
    report.add(
        OWNERSHIP_OVERLAP,
        log.id(),
        List.of(first.assigned(), second.assigned(), commit.invoked(), commit.completed()),
        List.of(),
        List.of(commit.offset()),
        Cause.UNEXPLAINED,
        evidence.process(second.process()).client()
            + " was given "
            + log.id()
            + " in epoch "
            + second.generation()
            + " while "
            + evidence.process(first.process()).client()
            + ", which had it since epoch "
            + first.generation()
            + ", was still a member: a commit that it made later was accepted.");
  }

  private void neverTold(Ownership first, Ownership second, int row) {
    report.add(
        OWNERSHIP_OVERLAP,
        log.id(),
        List.of(first.assigned(), second.assigned(), (long) evidence.deliveries().operation(row)),
        List.of(evidence.deliveries().value(row)),
        List.of(evidence.deliveries().offset(row)),
        Cause.UNEXPLAINED,
        evidence.process(first.process()).client()
            + " still reads "
            + log.id()
            + " more than a session timeout after "
            + evidence.process(second.process()).client()
            + " was given it, though nothing kept it from its coordinator: it was never told that"
            + " it is out.");
  }

  /** A member that does not know yet that it was evicted: legal, and worth knowing how long. */
  private void zombie(Ownership first, Ownership second) {
    report.count("zombie-overlaps");
    long last = evidence.history().size() - 1L;
    long until = Math.min(Math.min(first.released(), second.released()), last);
    long lengthNs =
        evidence.history().at(until).timeNs() - evidence.history().at(second.assigned()).timeNs();
    report.atLeast("zombie-overlap-max-ms", lengthNs / 1_000_000);
  }
}
