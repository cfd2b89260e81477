package dev.trial.checkers;

import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.core.history.Operation;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.List;

/** A position moves forward, record by record, until something moves it on purpose. */
final class PollChecker extends FamilyChecker {

  PollChecker() {
    super("polls", Part.FINAL_READ);
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
      List<Operation> moves = evidence.moves();
      int next = 0;
      report.over("deliveries", rows.size());
      for (int row = 0; row < rows.size(); row++) {
        report.step();
        for (; next < moves.size() && moves.get(next).index() < rows.operation(row); next++) {
          positions.move(moves.get(next));
        }
        step(row);
      }
      report.set("records-delivered", rows.size());
    }

    private void step(int row) {
      LogView log = evidence.log(rows.partition(row));
      int last = positions.give(rows.process(row), rows.partition(row), row);
      if (last < 0) {
        return;
      }
      boolean inside = rows.operation(last) == rows.operation(row);
      if (rows.offset(row) <= rows.offset(last)) {
        AnomalyKind kind =
            inside ? AnomalyKind.INT_NONMONOTONIC_POLL : AnomalyKind.NONMONOTONIC_POLL;
        backwards(log, last, row, kind);
      } else if (rows.offset(row) > rows.offset(last) + 1) {
        skip(log, last, row, inside ? AnomalyKind.INT_POLL_SKIP : AnomalyKind.POLL_SKIP);
      }
    }

    private boolean truncated(LogView log, int row) {
      return losses.truncated(log, rows.offset(row), rows.value(row), rows.operation(row));
    }

    private void backwards(LogView log, int last, int row, AnomalyKind kind) {
      report.add(
          kind,
          log.id(),
          List.of((long) rows.operation(last), (long) rows.operation(row)),
          List.of(rows.value(last), rows.value(row)),
          List.of(rows.offset(last), rows.offset(row)),
          truncated(log, last) ? Cause.CONSEQUENCE_OF_TRUNCATION : Cause.UNEXPLAINED,
          evidence.process(rows.process(row)).client()
              + " read "
              + Sentences.at(log, rows.offset(last))
              + " and then went back to "
              + rows.offset(row)
              + ", without a seek or a rebalance.");
    }

    private void skip(LogView log, int last, int row, AnomalyKind kind) {
      // What is below a record of the final log was there when that record was read; below one that
      // was truncated later nobody knows.
      if (!log.proven() || log.valueAt(rows.offset(row)) != rows.value(row)) {
        return;
      }
      int missed = evidence.mustSeeRow(log, rows.offset(last) + 1, rows.offset(row));
      if (missed < 0) {
        report.count("offset-gaps-without-records");
        return;
      }
      report.add(
          kind,
          log.id(),
          List.of(
              (long) rows.operation(last),
              (long) rows.operation(row),
              log.witness(log.offset(missed))),
          List.of(rows.value(last), log.value(missed), rows.value(row)),
          List.of(rows.offset(last), log.offset(missed), rows.offset(row)),
          truncated(log, last) ? Cause.CONSEQUENCE_OF_TRUNCATION : Cause.UNEXPLAINED,
          evidence.process(rows.process(row)).client()
              + " read "
              + Sentences.at(log, rows.offset(last))
              + " and then "
              + rows.offset(row)
              + ", jumping over "
              + Sentences.value(log.value(missed), null)
              + " at "
              + log.offset(missed)
              + ".");
    }
  }
}
