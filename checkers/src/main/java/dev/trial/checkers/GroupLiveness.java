package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.STUCK_CONSUMER;

import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.verdict.Cause;
import java.util.List;

/** Once all is healed, a group reads each of its partitions to where the log ended by then. */
final class GroupLiveness {
  private final Evidence evidence;
  private final Report report;
  private final GroupPartition at;
  private final LogView log;
  private final long liveness;
  private final long ended;

  GroupLiveness(Evidence evidence, Report report, GroupPartition at, LogView log) {
    this.evidence = evidence;
    this.report = report;
    this.at = at;
    this.log = log;
    this.liveness = evidence.phase(Phase.Name.LIVENESS);
    this.ended = evidence.phase(Phase.Name.FINAL_READ);
  }

  void check() {
    if (liveness < 0 || ended < 0 || !log.proven()) {
      return;
    }
    Deliveries rows = evidence.deliveries();
    long reached = -1;
    boolean moving = false;
    for (int i = 0; i < at.deliveries().size(); i++) {
      int row = at.deliveries().getInt(i);
      reached = Math.max(reached, rows.offset(row));
      moving |= rows.operation(row) > liveness && rows.operation(row) < ended;
    }
    int waiting = waiting(reached);
    if (waiting >= 0) {
      report.count("partitions-not-drained");
      notDrained(waiting, moving);
    }
  }

  private void notDrained(int waiting, boolean moving) {
    LivenessWindow window = new LivenessWindow(evidence, at.group(), liveness, ended);
    Ownership owner = ownerThrough(ended);
    Ownership toClose = owner != null ? owner : ownerThrough(window.to());
    ProcessFact idle =
        moving || toClose != null ? null : new AbandonedPartition(evidence, at, window).witness();
    if (idle != null) {
      abandoned(waiting, idle);
    } else if (!moving && (owner != null || (toClose != null && window.longEnough()))) {
      stuck(waiting, toClose);
    } else if (moving && toClose != null) {
      report.count("partitions-still-draining");
    } else {
      report.count("partitions-without-steady-owner");
      nothingShown(window);
    }
  }

  /** First record the group has not got though it was acknowledged before the phase began. */
  private int waiting(long reached) {
    String reset = evidence.rules().autoOffsetReset().getOrDefault(at.group(), "latest");
    if (reached < 0 && !reset.equals("earliest")) {
      return -1;
    }
    for (int row = log.rowFrom(reached + 1); row < log.size(); row++) {
      SendFact send = evidence.sendOf(log.value(row));
      boolean settled = send != null && send.acknowledged() && send.completed() < liveness;
      if (settled && send.visibleToAll() && at.firstDelivery(log.value(row)) < 0) {
        return row;
      }
    }
    return -1;
  }

  private Ownership ownerThrough(long to) {
    for (Ownership each : at.owners()) {
      if (each.assigned() < liveness && each.released() > to) {
        return each;
      }
    }
    return null;
  }

  private void nothingShown(LivenessWindow window) {
    if (window.membersLive()) {
      report.unknown(
          "nobody owned "
              + log.id()
              + " long enough after the faults to bring group "
              + at.group()
              + " to its end: nothing shows that the group goes on");
    }
  }

  private void stuck(int waiting, Ownership owner) {
    SendFact send = evidence.sendOf(log.value(waiting));
    report.add(
        STUCK_CONSUMER,
        log.id(),
        List.of(owner.assigned(), send.completed(), liveness, ended),
        List.of(log.value(waiting)),
        List.of(log.offset(waiting)),
        Cause.UNEXPLAINED,
        evidence.process(owner.process()).client()
            + " owned "
            + log.id()
            + " all through the liveness phase and was delivered nothing, though "
            + Sentences.value(log.value(waiting), send.key())
            + " lay at "
            + log.offset(waiting)
            + ".");
  }

  private void abandoned(int waiting, ProcessFact idle) {
    SendFact send = evidence.sendOf(log.value(waiting));
    report.add(
        STUCK_CONSUMER,
        log.id(),
        List.of(send.completed(), liveness, ended),
        List.of(log.value(waiting)),
        List.of(log.offset(waiting)),
        Cause.UNEXPLAINED,
        "Nobody of group "
            + idle.group()
            + " owned "
            + log.id()
            + " in the liveness phase, though "
            + idle.client()
            + " lived through it and "
            + Sentences.value(log.value(waiting), send.key())
            + " lay at "
            + log.offset(waiting)
            + ".");
  }
}
