package dev.trial.checkers;

import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.time.Duration;
import java.util.List;

/**
 * Where a consumer begins with auto.offset.reset=by_duration and nothing committed (KIP-1106): at
 * the first record that was not older than the duration when it asked, which it did after it was
 * assigned the partition and before it was given a record. A record is as old as its send, which is
 * known between its invocation and its completion.
 */
final class DurationStart {
  private static final String PREFIX = "by_duration:";

  /** Clocks of client processes on real machines tick a little apart. */
  private static final long SLACK_NS = 100_000_000;

  private final Evidence evidence;
  private final Report report;
  private final LogView log;
  private final long durationNs;

  /**
   * @param policy for which {@link #applies} is true
   */
  DurationStart(Evidence evidence, Report report, LogView log, String policy) {
    this.evidence = evidence;
    this.report = report;
    this.log = log;
    this.durationNs = Duration.parse(policy.substring(PREFIX.length())).toNanos();
  }

  /** True for a policy of this kind. */
  static boolean applies(String policy) {
    return policy.startsWith(PREFIX);
  }

  /** Judges the first delivery of an owner. */
  void check(Ownership owner, int row) {
    Deliveries rows = evidence.deliveries();
    long askedFromNs = timeNs(owner.assigned()) - durationNs - SLACK_NS;
    long askedToNs = timeNs(rows.operation(row)) - durationNs + SLACK_NS;
    SendFact first = evidence.sendOf(rows.value(row));
    if (first != null && first.completed() >= 0 && first.completedNs() < askedFromNs) {
      add(owner, row, first, "which is older");
      return;
    }
    long offset = rows.offset(row);
    if (!log.proven() || log.valueAt(offset) != rows.value(row)) {
      return; // truncated since: nobody knows what was below it
    }
    for (int at = log.rowFrom(log.start()); at < log.size() && log.offset(at) < offset; at++) {
      SendFact passed = evidence.sendOf(log.value(at));
      if (evidence.mustBeSeen(log, at) && passed.invokedNs() > askedToNs) {
        add(owner, row, passed, "and left out " + passed.value() + ", which is younger");
        return;
      }
    }
  }

  private long timeNs(long operation) {
    return evidence.history().at(operation).timeNs();
  }

  private void add(Ownership owner, int row, SendFact witness, String why) {
    Deliveries rows = evidence.deliveries();
    report.add(
        AnomalyKind.WRONG_START,
        log.id(),
        List.of(
            witness.invoked(), witness.completed(), owner.assigned(), (long) rows.operation(row)),
        List.of(rows.value(row), witness.value()),
        List.of(rows.offset(row)),
        Cause.UNEXPLAINED,
        evidence.process(owner.process()).client()
            + " took over "
            + log.id()
            + " with nothing committed and was to begin "
            + Duration.ofNanos(durationNs)
            + " back; it began at "
            + rows.offset(row)
            + ", "
            + why
            + ".");
  }
}
