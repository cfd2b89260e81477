package dev.trial.engine.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.checkers.expectation.ClaimOutcome;
import dev.trial.checkers.expectation.RunOutcome;
import dev.trial.claims.Claim;
import dev.trial.claims.Experiment;
import dev.trial.core.run.HalfName;
import dev.trial.core.verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A claim judged over all its runs, half by half; it is as bad as its worst half.
 *
 * @param transactions by half: in how many runs something changed inside an open transaction
 * @param asked how many runs there should be
 */
public record ClaimResult(
    Claim claim,
    Outcome outcome,
    String observed,
    int runs,
    long asked,
    int witnesses,
    int findings,
    int unknown,
    Map<HalfName, TransactionRuns> transactions) {

  /** Judges a claim from the results of its runs. */
  public static ClaimResult of(Claim claim, List<RunResult> results) {
    return of(claim, results, results.size());
  }

  /**
   * The same of a campaign that did not come to its end: where runs are missing nothing can be said
   * for the claim, unless what there is says that it is wrong.
   *
   * @param asked how many runs there should be
   */
  public static ClaimResult of(Claim claim, List<RunResult> results, long asked) {
    ClaimResult judged = judged(claim, results);
    return results.size() >= asked ? judged : judged.cutShort(asked);
  }

  private ClaimResult cutShort(long asked) {
    String told = runs == 0 ? "" : observed + "; ";
    return new ClaimResult(
        claim,
        findings > 0 || outcome == Outcome.ERROR ? outcome : Outcome.UNKNOWN,
        told + runs + " of " + asked + " runs were held",
        runs,
        asked,
        witnesses,
        findings,
        unknown,
        transactions);
  }

  private static ClaimResult judged(Claim claim, List<RunResult> results) {
    List<String> observed = new ArrayList<>();
    Map<HalfName, TransactionRuns> transactions = new TreeMap<>();
    Outcome worst = Outcome.NOT_APPLICABLE;
    int witnesses = 0;
    int findings = 0;
    int unknown = 0;
    for (Experiment half : claim.halves()) {
      List<RunResult> own =
          results.stream().filter(result -> result.request().experiment() == half).toList();
      HalfResult judged = HalfResult.of(half, own);
      witnesses += judged.witnesses();
      findings += judged.findings();
      unknown += judged.unknown();
      worst = worst.orWorse(judged.outcome());
      transactions.put(half.half(), TransactionRuns.of(own));
      observed.add((half.half().only() ? "" : half.half() + ": ") + judged.observed());
    }
    return new ClaimResult(
        claim,
        worst,
        String.join("; ", observed),
        results.size(),
        results.size(),
        witnesses,
        findings,
        unknown,
        transactions);
  }

  /** Adds this claim's part of the summary line. */
  public void describe(ObjectNode summary) {
    ObjectNode node = summary.putObject(claim.id());
    node.put("runs", runs);
    if (asked > runs) {
      node.put("asked", asked);
    }
    node.put("witnesses", witnesses);
    node.put("findings", findings);
    if (unknown > 0) {
      node.put("unknown", unknown);
    }
    node.put("outcome", outcome.id());
    TransactionRuns.describe(transactions, node);
  }

  private record HalfResult(
      Outcome outcome, String observed, int witnesses, int findings, int unknown) {

    static HalfResult of(Experiment half, List<RunResult> results) {
      List<RunOutcome> outcomes = new ArrayList<>();
      String reason = null;
      for (RunResult result : results) {
        if (result.outcome() == null) {
          reason = result.summary().reason();
        } else {
          outcomes.add(result.outcome());
        }
      }
      if (outcomes.isEmpty()) {
        return new HalfResult(Outcome.NOT_APPLICABLE, "not applicable: " + reason, 0, 0, 0);
      }
      String client = results.get(0).request().spec().client();
      ClaimOutcome outcome = ClaimOutcome.judge(half.expectation(client), outcomes);
      return new HalfResult(
          outcome.outcome(),
          observed(outcome, results),
          outcome.witnesses(),
          outcome.findings(),
          outcome.unknown());
    }

    private static String observed(ClaimOutcome outcome, List<RunResult> results) {
      if (outcome.outcome() == Outcome.ERROR || outcome.outcome() == Outcome.UNKNOWN) {
        return outcome.reason() + reason(results);
      }
      Map<String, Integer> runsByKind = new TreeMap<>();
      for (RunResult result : results) {
        result
            .summary()
            .anomalies()
            .keySet()
            .forEach(kind -> runsByKind.merge(kind, 1, Integer::sum));
      }
      if (runsByKind.isEmpty()) {
        return outcome.reason() + TransactionRuns.of(results).sentence();
      }
      List<String> parts = new ArrayList<>();
      runsByKind.forEach((kind, runs) -> parts.add(kind + " " + runs + "/" + results.size()));
      if (outcome.unknown() > 0) {
        parts.add(ClaimOutcome.counted(outcome.unknown()) + " could not tell");
      }
      return String.join(", ", parts);
    }

    private static String reason(List<RunResult> results) {
      return results.stream()
          .map(result -> result.summary().reason())
          .filter(text -> text != null)
          .findFirst()
          .map(text -> " (" + text + ")")
          .orElse("");
    }
  }
}
