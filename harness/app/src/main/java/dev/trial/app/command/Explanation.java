package dev.trial.app.command;

import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.ClaimResult;
import dev.trial.engine.campaign.RunResult;
import dev.trial.results.store.RunSummary;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * For what is not as expected: what happened, where the run is stored and how to run it again.
 * Where lines of JSON are on standard output it goes to standard error, with the operations that
 * prove it, so that the log of a failing build says why.
 */
final class Explanation {
  private static final int ANOMALIES_SHOWN = 3;

  private final PrintStream out;
  private final boolean proofs;

  private Explanation(PrintStream out, boolean proofs) {
    this.out = out;
    this.proofs = proofs;
  }

  /** For somebody at a terminal, who has the report at hand. */
  static Explanation onTerminal() {
    return new Explanation(System.out, false);
  }

  /** For the log of a build, which may be all that is left of it. */
  static Explanation inLog() {
    return new Explanation(System.err, true);
  }

  /** Of a run that is a finding, or that failed; of others nothing. */
  void of(RunResult result) {
    Outcome outcome = result.summary().outcome();
    if (outcome.compareTo(Outcome.FINDING) < 0) {
      return;
    }
    out.println();
    out.println(outcome.id() + ": " + result.summary().run());
    result.outcome().unexpected().stream().limit(ANOMALIES_SHOWN).forEach(this::of);
    if (result.summary().reason() != null) {
      out.println("  " + result.summary().reason());
    }
    again(result.summary());
  }

  private void again(RunSummary run) {
    if (!run.spec().simulated()) {
      out.println("  stored in " + run.directory());
    }
    if (run.again() != null) {
      out.println("  ./" + run.again());
    }
  }

  /** Of a claim: one may be a finding though none of its runs is, for want of a witness. */
  void of(ClaimResult judged) {
    if (!judged.outcome().asItShouldBe()) {
      out.println(
          judged.outcome().id()
              + ": "
              + judged.claim().id()
              + ": expected "
              + judged.claim().expected()
              + "; observed "
              + judged.observed());
    }
  }

  private void of(Anomaly anomaly) {
    out.println("  " + anomaly.kind().id() + ": " + anomaly.sentence());
    List<String> more = new ArrayList<>();
    if (anomaly.cause() != Cause.UNEXPLAINED) {
      more.add(anomaly.cause().id().replace('-', ' '));
    }
    if (proofs) {
      more.add("operations " + anomaly.operations());
    }
    if (!more.isEmpty()) {
      out.println("    " + String.join("; ", more));
    }
  }
}
