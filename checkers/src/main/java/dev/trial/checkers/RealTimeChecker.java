package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.REALTIME_SEND_REORDER;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.verdict.Cause;
import java.util.List;

/**
 * A partition's log is a linearizable object to append to (Herlihy and Wing 1990): a record that
 * was sent after another was acknowledged lies behind it, whoever sent them.
 *
 * <p>The final log is the order of the appends, so no search is needed: going through it from the
 * end, the earliest acknowledgement of anything behind a record must not come before that record
 * was sent. Elections and truncations excuse nothing here. Both records are in one log, whose
 * leader had the one at the lower offset when it appended the other, and that before it
 * acknowledged it; what was truncated takes no part. Sends of unknown outcome that turned up in the
 * log are held to it, but their own place binds nobody, as nobody knows when they were appended.
 */
final class RealTimeChecker extends FamilyChecker {

  RealTimeChecker() {
    super("real-time", Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    report.over("partitions", evidence.logs().size());
    for (LogView log : evidence.logs()) {
      report.step();
      report.cost(log.size());
      if (log.proven()) {
        check(evidence, log, report);
      }
    }
  }

  private static void check(Evidence evidence, LogView log, Report report) {
    long placed = 0;
    long notPlaced = 0;
    SendFact earliest = null;
    for (int row = log.size() - 1; row >= 0; row--) {
      SendFact send = evidence.sendOf(log.value(row));
      // Of a value that the application sent twice nobody knows which send lies where.
      if (send == null || send.again() != null) {
        continue;
      }
      if (earliest != null && earliest.completedNs() < send.invokedNs()) {
        reorder(log, report, earliest, send, log.offset(row));
      }
      boolean stands = send.acknowledged() && send.offset() == log.offset(row);
      if (stands && (earliest == null || send.completedNs() < earliest.completedNs())) {
        earliest = send;
      }
      placed += stands ? 1 : 0;
      notPlaced += stands ? 0 : 1;
    }
    report.count("placed", placed);
    report.count("not-placed", notPlaced);
  }

  private static void reorder(
      LogView log, Report report, SendFact before, SendFact send, long offset) {
    report.add(
        REALTIME_SEND_REORDER,
        log.id(),
        List.of(before.invoked(), before.completed(), send.invoked(), send.completed()),
        List.of(before.value(), send.value()),
        List.of(before.offset(), offset),
        Cause.UNEXPLAINED,
        Sentences.capital(Sentences.value(before.value(), before.key()))
            + " was acknowledged at "
            + Sentences.at(log, before.offset())
            + " before "
            + Sentences.value(send.value(), send.key())
            + " was sent, which lies before it all the same: at "
            + offset
            + ".");
  }
}
