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
import java.util.function.Supplier;

/** Once all is healed, a group reads each of its partitions to where the log ended by then. */
final class GroupLiveness {
  private final Evidence evidence;
  private final Report report;
  private final GroupPartition at;
  private final LogView log;
  private final Supplier<LivenessWindow> ofGroup;
  private final long ended;

  /**
   * {@code ofGroup} is the window of the group, which is asked only if something is left to read.
   */
  GroupLiveness(
      Evidence evidence,
      Report report,
      GroupPartition at,
      LogView log,
      Supplier<LivenessWindow> ofGroup) {
    this.evidence = evidence;
    this.report = report;
    this.at = at;
    this.log = log;
    this.ofGroup = ofGroup;
    this.ended = evidence.phase(Phase.Name.FINAL_READ);
  }

  void check() {
    long liveness = evidence.phase(Phase.Name.LIVENESS);
    if (liveness < 0 || ended < 0 || !log.proven()) {
      return;
    }
    Deliveries rows = evidence.deliveries();
    long reached = -1;
    for (int i = 0; i < at.deliveries().size(); i++) {
      reached = Math.max(reached, rows.offset(at.deliveries().getInt(i)));
    }
    int waiting = waiting(reached, liveness);
    if (waiting >= 0) {
      report.count("partitions-not-drained");
      notDrained(waiting);
    }
  }

  private void notDrained(int waiting) {
    LivenessWindow window = ofGroup.get();
    long moved = moved(window);
    Ownership owner = ownerAt(window.to());
    ProcessFact idle =
        moved > window.from() || owner != null
            ? null
            : new AbandonedPartition(evidence, at, window).witness();
    if (idle != null) {
      abandoned(waiting, idle, window);
    } else if (owner != null && askedInVain(owner, moved, window)) {
      stuck(waiting, owner, window);
    } else if (window.membersLive()) {
      report.unknown(
          "group "
              + at.group()
              + " has not read "
              + log.id()
              + " to its end, and nobody owned it long enough after the faults to tell why");
    }
  }

  /** When the partition last gave something in the window, or where that begins. */
  private long moved(LivenessWindow window) {
    long moved = window.from();
    for (int i = 0; i < at.deliveries().size(); i++) {
      long operation = evidence.deliveries().operation(at.deliveries().getInt(i));
      moved = operation < window.to() ? Math.max(moved, operation) : moved;
    }
    return moved;
  }

  /** Whoever has not even closed when the final read begins is beyond patience. */
  private boolean askedInVain(Ownership owner, long moved, LivenessWindow window) {
    boolean hangs = owner.released() > ended && owner.assigned() < window.from();
    return hangs && moved == window.from()
        ? window.polledInVain(owner.process())
        : window.polledInVain(owner.process(), Math.max(moved, owner.assigned()));
  }

  /** First record the group has not got though it was acknowledged before the phase began. */
  private int waiting(long reached, long liveness) {
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

  private Ownership ownerAt(long index) {
    for (Ownership each : at.owners()) {
      if (each.assigned() < index && each.released() > index) {
        return each;
      }
    }
    return null;
  }

  private void stuck(int waiting, Ownership owner, LivenessWindow window) {
    stuck(
        waiting,
        Cause.UNEXPLAINED,
        List.of(owner.assigned(), sendOf(waiting).completed(), window.from(), window.to()),
        evidence.process(owner.process()).client()
            + " owned "
            + log.id()
            + " after the faults, polled and was delivered nothing of it, though ");
  }

  private void abandoned(int waiting, ProcessFact idle, LivenessWindow window) {
    stuck(
        waiting,
        CutShortDowngrade.of(evidence, at.group()) ? Cause.DOWNGRADE_CUT_SHORT : Cause.UNEXPLAINED,
        List.of(sendOf(waiting).completed(), window.from(), window.to()),
        "Nobody of group "
            + idle.group()
            + " owned "
            + log.id()
            + " in the liveness phase, though "
            + idle.client()
            + " lived through it and ");
  }

  private void stuck(int waiting, Cause cause, List<Long> operations, String what) {
    report.add(
        STUCK_CONSUMER,
        log.id(),
        operations,
        List.of(log.value(waiting)),
        List.of(log.offset(waiting)),
        cause,
        what
            + Sentences.value(log.value(waiting), sendOf(waiting).key())
            + " lay at "
            + log.offset(waiting)
            + ".");
  }

  private SendFact sendOf(int row) {
    return evidence.sendOf(log.value(row));
  }
}
