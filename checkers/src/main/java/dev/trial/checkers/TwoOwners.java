package dev.trial.checkers;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.FaultWindow;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Stage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What proves that two members own a partition when their generations do not: under KIP-848 each
 * member has an epoch of its own, and two owners may just as well be the rightful one and one that
 * does not know yet that it was evicted.
 */
final class TwoOwners {
  private static final long MS = 1_000_000;

  private final Evidence evidence;
  private final GroupPartition at;
  private final Ownership first;
  private final Ownership second;

  /**
   * @param second took the partition over while {@code first} had it
   */
  TwoOwners(Evidence evidence, GroupPartition at, Ownership first, Ownership second) {
    this.evidence = evidence;
    this.at = at;
    this.first = first;
    this.second = second;
  }

  /**
   * A commit of the first owner that the coordinator accepted after the second took over, made
   * before the first had told that it gave the partition up. Who is evicted has no commit accepted,
   * and joins anew only after it was told that its partitions are lost. Null if there is none.
   */
  CommitFact accepted() {
    for (CommitFact commit : at.commits()) {
      boolean sync = commit.mode() == Commit.Mode.SYNC && commit.outcome() == Stage.OK;
      if (sync
          && commit.process() == first.process()
          && commit.invoked() > second.assigned()
          && commit.invoked() < first.letGo()) {
        return commit;
      }
    }
    return null;
  }

  /**
   * A delivery to the first owner after it could reach the coordinator for a whole session timeout,
   * and the second one owned the partition all along: heartbeats are more frequent than that, and
   * the answer to the first one would have told it. The row, or −1 if there is none.
   */
  int deliveredTooLate() {
    Deliveries rows = evidence.deliveries();
    long until = Math.min(first.released(), second.released());
    for (int i = 0; i < at.deliveries().size(); i++) {
      int row = at.deliveries().getInt(i);
      long operation = rows.operation(row);
      if (rows.process(row) == first.process()
          && operation > second.assigned()
          && operation < until
          && undisturbedMs(operation) > evidence.rules().memberSessionMs()) {
        return row;
      }
    }
    return -1;
  }

  /** How long before that operation both had owned it and nothing kept the first from asking. */
  private long undisturbedMs(long operation) {
    long nowNs = evidence.history().at(operation).timeNs();
    long sinceNs = evidence.history().at(second.assigned()).timeNs();
    for (FaultWindow fault : evidence.faults()) {
      if (fault.beginNs() <= nowNs && disturbs(fault)) {
        sinceNs = Math.max(sinceNs, fault.effectiveEndNs());
      }
    }
    return (nowNs - sinceNs) / MS;
  }

  /** Only what hits nobody but other clients leaves the first owner alone. */
  private boolean disturbs(FaultWindow fault) {
    Set<String> others = new TreeSet<>();
    for (ProcessFact process : evidence.processes()) {
      others.add(process.client());
    }
    others.remove(evidence.process(first.process()).client());
    List<String> hit = fault.fault().hit();
    return hit.isEmpty() || !others.containsAll(hit);
  }
}
