package dev.trial.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.app.ci.CiFiles;
import dev.trial.app.ci.RunCases;
import dev.trial.app.table.VerdictTable;
import dev.trial.claims.Claim;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.ClaimResult;
import dev.trial.engine.campaign.RunResult;
import dev.trial.results.store.RunSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code trial run} prints: a line a run where JSON is asked for, and at the end, however it
 * came, the table or the summary of what was finished.
 */
final class RunPrinter {
  private final List<Claim> chosen;
  private final long seeds;
  private final boolean json;
  private final CiFiles files;
  private final List<RunResult> results = new ArrayList<>();
  private boolean concluded;

  /**
   * A printer.
   *
   * @param seeds how many runs each half of a claim should have
   * @param files what a CI server reads is written to them
   */
  RunPrinter(List<Claim> chosen, long seeds, boolean json, CiFiles files) {
    this.chosen = chosen;
    this.seeds = seeds;
    this.json = json;
    this.files = files;
  }

  /** A run is over. */
  synchronized void add(RunResult result) {
    results.add(result);
    if (json) {
      System.out.println(result.summary().toJson());
      Explanation.inLog().of(result);
    }
  }

  /** No more runs will come: prints once, returns the exit code. */
  synchronized int conclude() {
    List<ClaimResult> judged = chosen.stream().map(this::judged).toList();
    if (!concluded) {
      concluded = true;
      print(judged);
      files.write(RunCases.of(results, judged));
    }
    return exitCode(judged);
  }

  private ClaimResult judged(Claim claim) {
    List<RunResult> own =
        results.stream()
            .filter(result -> claim.halves().contains(result.request().experiment()))
            .toList();
    return ClaimResult.of(claim, own, seeds * claim.halves().size());
  }

  private void print(List<ClaimResult> judged) {
    if (json) {
      ObjectNode summary = new JsonMapper().createObjectNode();
      summary.put("version", RunSummary.VERSION);
      ObjectNode byClaim = summary.putObject("summary");
      judged.forEach(claim -> claim.describe(byClaim));
      System.out.println(summary);
      judged.forEach(Explanation.inLog()::of);
    } else {
      VerdictTable.lines(judged, TerminalWidth.columns()).forEach(System.out::println);
      results.forEach(Explanation.onTerminal()::of);
    }
  }

  private static int exitCode(List<ClaimResult> claims) {
    return ExitCode.of(
        claims.stream().map(ClaimResult::outcome).reduce(Outcome.NOT_APPLICABLE, Outcome::orWorse));
  }
}
