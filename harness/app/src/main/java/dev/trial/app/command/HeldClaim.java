package dev.trial.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.checkers.expectation.RunOutcome;
import dev.trial.claims.Claim;
import dev.trial.claims.Experiment;
import dev.trial.claims.Experiments;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Outcome;
import dev.trial.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * The claim that a stored run was held for, and what its history makes of it.
 *
 * @param expectation what the claim expects of a run with that client
 */
record HeldClaim(Claim claim, Experiment half, Expectation expectation, RunOutcome outcome) {

  /** What a run's verdict makes of its claim; null of a free run, which has none. */
  static HeldClaim of(RunSpec spec, Verdict verdict) {
    if (spec.claim() == null) {
      return null;
    }
    Experiment half = Experiments.of(spec);
    Expectation expectation = half.expectation(spec.client());
    RunOutcome outcome = RunOutcome.judge(expectation, verdict);
    return new HeldClaim(Experiments.claimOf(spec), half, expectation, outcome);
  }

  int exitCode() {
    return ExitCode.of(outcome.outcome());
  }

  /** How the run came out, as tables and JSON name it: a witness is as expected. */
  String outcomeId() {
    return outcome.outcome().ofRun().id();
  }

  /** The same for people. */
  String word() {
    return outcome.outcome().ofRun().words();
  }

  /** By which claim it is judged, what that expects, and what this run alone does not show. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("  by its claim " + claim.name(half) + ": " + claim.expected());
    if (!expectation.holds() && outcome.outcome() == Outcome.AS_EXPECTED) {
      lines.add("  nothing broke in this run: of all its runs the claim needs one that shows it");
    }
    return lines;
  }

  void describe(ObjectNode node) {
    node.put("claim", claim.id());
    if (!half.half().only()) {
      node.put("half", half.half().text());
    }
    node.put("expected", expectation.id());
    node.put("outcome", outcomeId());
  }
}
