package dev.trial.app.ci;

import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.ClaimResult;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.shrink.Sign;
import dev.trial.results.ci.CiRun;
import dev.trial.results.store.RunDirectory;
import dev.trial.results.store.RunSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The test cases of {@code trial run}: each run, and each witness that never came. */
public final class RunCases {

  private RunCases() {}

  /** Of all runs that were held, and of the claims that they were held for. */
  public static List<CiRun> of(List<RunResult> results, List<ClaimResult> claims) {
    List<CiRun> cases = new ArrayList<>();
    results.forEach(result -> cases.add(of(result)));
    claims.stream().filter(RunCases::owed).forEach(claim -> cases.add(owing(claim)));
    return cases;
  }

  private static CiRun of(RunResult result) {
    RunSummary summary = result.summary();
    List<Anomaly> shown =
        result.outcome() == null ? List.of() : Sign.gravestFirst(result.outcome().unexpected());
    Anomaly gravest = shown.isEmpty() ? null : shown.get(0);
    return new CiRun(
        about(summary),
        summary.run(),
        summary.outcome(),
        gravest == null ? null : gravest.kind(),
        gravest == null ? null : gravest.cause(),
        gravest == null ? summary.reason() : gravest.sentence(),
        shown.size() > 1 ? "and " + (shown.size() - 1) + " more" : null,
        summary.again() == null ? null : "./" + summary.again(),
        spec(summary),
        summary.wallMs());
  }

  private static String about(RunSummary summary) {
    return summary.spec().claim() == null
        ? summary.spec().workload()
        : summary.spec().claim().toString();
  }

  private static String spec(RunSummary summary) {
    return summary.directory() == null
        ? null
        : CiFiles.relative(RunDirectory.open(Path.of(summary.directory())).specFile());
  }

  /** A claim of breakage whose runs are all as they should be, and none of which broke. */
  private static boolean owed(ClaimResult claim) {
    return claim.outcome() == Outcome.FINDING && claim.findings() == 0;
  }

  private static CiRun owing(ClaimResult claim) {
    return new CiRun(
        claim.claim().id(),
        "witness",
        Outcome.FINDING,
        null,
        null,
        claim.observed(),
        claim.claim().sentence(),
        null,
        null,
        0);
  }
}
