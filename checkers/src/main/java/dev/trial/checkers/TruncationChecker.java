package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.SILENT_TRUNCATION;

import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.core.history.Action.Seek;
import dev.trial.core.history.Operation;
import dev.trial.core.verdict.Cause;
import java.util.List;

/**
 * A consumer whose position was truncated away notices (KIP-320). Its leader tells it where the
 * epoch that it read last ends; with a reset policy it goes back by itself, and with
 * auto.offset.reset=none the application is told and seeks.
 */
final class TruncationChecker extends FamilyChecker {

  TruncationChecker() {
    super("truncations", Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    new Walk(evidence, losses, report).run();
  }

  private static final class Walk {
    private final Evidence evidence;
    private final Losses losses;
    private final Report report;
    private final Deliveries rows;

    private final Positions positions;

    Walk(Evidence evidence, Losses losses, Report report) {
      this.evidence = evidence;
      this.losses = losses;
      this.report = report;
      this.rows = evidence.deliveries();
      this.positions = new Positions(evidence);
    }

    void run() {
      int row = 0;
      report.over("deliveries", rows.size());
      for (Operation move : evidence.moves()) {
        row = steps(row, move.index());
        move(move);
      }
      steps(row, Long.MAX_VALUE);
    }

    /** Goes through what was delivered before an operation; returns the row after that. */
    private int steps(int from, long before) {
      int row = from;
      for (; row < rows.size() && rows.operation(row) < before; row++) {
        report.step();
        step(row);
      }
      return row;
    }

    private void move(Operation operation) {
      if (operation.action() instanceof Seek seek) {
        int last = positions.last(operation.process(), seek.partition());
        if (last >= 0 && truncated(last)) {
          report.count("truncations-told-to-the-application");
        }
      }
      positions.move(operation);
    }

    private boolean truncated(int row) {
      LogView log = evidence.log(rows.partition(row));
      return losses.truncated(log, rows.offset(row), rows.value(row), rows.operation(row));
    }

    private void step(int row) {
      LogView log = evidence.log(rows.partition(row));
      int last = positions.give(rows.process(row), rows.partition(row), row);
      if (last < 0 || !truncated(last)) {
        return;
      }
      if (rows.offset(row) <= rows.offset(last)) {
        wentBack(log, last, row);
      } else {
        wentOn(log, last, row);
      }
    }

    private void wentBack(LogView log, int last, int row) {
      ProcessFact process = evidence.process(rows.process(row));
      if (!"none".equals(process.settings().get("auto.offset.reset"))) {
        report.count("truncations-followed-by-a-reset");
        return;
      }
      add(
          log,
          last,
          row,
          " went back to "
              + rows.offset(row)
              + ", though auto.offset.reset is none and no error told of it.");
    }

    /**
     * What it was given next is in the final log: then so was all below it, and the record that now
     * lies where the consumer was has been passed unread. One that was truncated in its turn proves
     * nothing.
     */
    private void wentOn(LogView log, int last, int row) {
      long offset = rows.offset(last);
      boolean certain = log.valueAt(rows.offset(row)) == rows.value(row);
      int missed = certain ? evidence.mustSeeRow(log, offset, offset + 1) : -1;
      if (missed >= 0) {
        add(
            log,
            last,
            row,
            " read on at "
                + rows.offset(row)
                + " as if nothing had happened: what lies at "
                + offset
                + " now, "
                + Sentences.value(log.value(missed), null)
                + ", it never saw.");
      }
    }

    private void add(LogView log, int last, int row, String what) {
      report.add(
          SILENT_TRUNCATION,
          log.id(),
          List.of((long) rows.operation(last), (long) rows.operation(row)),
          List.of(rows.value(last), rows.value(row)),
          List.of(rows.offset(last), rows.offset(row)),
          Cause.UNEXPLAINED,
          evidence.process(rows.process(row)).client()
              + " had read "
              + Sentences.at(log, rows.offset(last))
              + ", which was truncated, and"
              + what);
    }
  }
}
