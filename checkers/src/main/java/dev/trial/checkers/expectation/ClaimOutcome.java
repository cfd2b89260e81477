package dev.trial.checkers.expectation;

import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Outcome;
import java.util.List;

/**
 * All runs of a claim held against it.
 *
 * @param runs how many were judged
 * @param witnesses runs that showed what the claim says breaks
 * @param findings runs with an anomaly the claim does not allow
 * @param unknown runs that say nothing
 * @param errors runs in which the harness failed
 * @param reason one sentence for the table
 */
public record ClaimOutcome(
    Outcome outcome,
    int runs,
    int witnesses,
    int findings,
    int unknown,
    int errors,
    String reason) {

  /**
   * Judges a claim over its seed budget. A claim of breakage needs one witness; its seeds without
   * one are as expected. A claim that holds is unknown only if no run could tell.
   */
  public static ClaimOutcome judge(Expectation expectation, List<RunOutcome> runs) {
    int witnesses = count(runs, Outcome.WITNESS);
    int findings = count(runs, Outcome.FINDING);
    int unknown = count(runs, Outcome.UNKNOWN);
    int errors = count(runs, Outcome.ERROR);
    int total = runs.size();
    Outcome outcome = outcome(expectation, total, witnesses, findings, unknown, errors);
    String reason = reason(outcome, total, witnesses, findings, unknown, errors);
    return new ClaimOutcome(outcome, total, witnesses, findings, unknown, errors, reason);
  }

  private static Outcome outcome(
      Expectation expectation, int runs, int witnesses, int findings, int unknown, int errors) {
    if (findings > 0) {
      return Outcome.FINDING;
    }
    if (errors > 0) {
      return Outcome.ERROR;
    }
    if (runs == unknown) {
      return Outcome.UNKNOWN;
    }
    boolean owed = !expectation.holds() && witnesses == 0;
    return owed ? Outcome.FINDING : Outcome.AS_EXPECTED;
  }

  private static String reason(
      Outcome outcome, int runs, int witnesses, int findings, int unknown, int errors) {
    return switch (outcome) {
      case FINDING ->
          findings > 0
              ? findings + " of " + counted(runs) + " show what the claim does not allow"
              : "no witness in " + counted(runs);
      case ERROR -> errors + " of " + counted(runs) + " failed in the harness";
      case UNKNOWN -> runs == 0 ? "no run" : "none of " + counted(unknown) + " can tell";
      default ->
          witnesses > 0
              ? witnesses + " of " + counted(runs) + " are witnesses"
              : "no anomaly in " + counted(runs - unknown) + untold(unknown);
    };
  }

  /** "1 run", "2 runs". */
  public static String counted(int runs) {
    return runs == 1 ? "1 run" : runs + " runs";
  }

  private static String untold(int unknown) {
    return unknown == 0 ? "" : ", " + unknown + " could not tell";
  }

  private static int count(List<RunOutcome> runs, Outcome outcome) {
    int count = 0;
    for (RunOutcome run : runs) {
      count += run.outcome() == outcome ? 1 : 0;
    }
    return count;
  }
}
