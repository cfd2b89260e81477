package dev.trial.app.command;

import dev.trial.app.input.OutputPath;
import dev.trial.claims.Experiments;
import dev.trial.core.input.Lengths;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.Replay;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.shrink.BeforeAndAfter;
import dev.trial.engine.shrink.Shrinking;
import dev.trial.engine.shrink.Shrunk;
import dev.trial.engine.shrink.Sign;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import dev.trial.engine.work.Cores;
import dev.trial.results.store.RunDirectory;
import dev.trial.results.store.RunSummary;
import dev.trial.results.store.RunsLock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trial shrink}: the fewest faults and the smallest workload that show the same. */
@Command(
    name = "shrink",
    description = "Makes a stored run smaller as long as it shows the same anomaly.",
    mixinStandardHelpOptions = true)
final class ShrinkCommand implements Callable<Integer> {
  private static final String SUFFIX = "_shrunk";

  @Parameters(paramLabel = "RUN", description = "a run directory, or a spec")
  private Path run;

  @Option(names = "--budget", paramLabel = "60s", description = "how long to try (default: 60s)")
  private String budget = "60s";

  @Option(
      names = "--anomaly",
      paramLabel = "KIND",
      description = "what has to stay (default: the first one that the run shows)")
  private String anomaly;

  @Option(names = "--out", paramLabel = "DIR", description = "where the shrunk run goes")
  private Path out = Targets.home().resolve("results").resolve("runs");

  @Override
  public Integer call() {
    long budgetMs = Lengths.millis("--budget", budget);
    OutputPath.check(out);
    StoredRun stored = StoredRun.ofSpec(run);
    RunSpec spec = simulated(stored.spec());
    try (RunsLock lock = OutputPath.lock(out);
        Target target = Targets.open(spec.target(), spec.client());
        Cores cores = Cores.ofMachine()) {
      take(lock, name(stored), spec.seed());
      Shrinking shrinking =
          new Shrinking(target, cores, Shrinking.Budget.ofMillis(budgetMs), this::progress);
      RunResult whole = shrinking.hold(spec);
      if (!stored.spec().simulated() && showsNothing(whole)) {
        System.out.println("unknown: the schedule of " + run + " shows nothing in simulation");
        return ExitCode.UNKNOWN;
      }
      Shrunk shrunk = shrinking.shrink(whole, sign(whole));
      return confirmed(target, shrunk, name(stored));
    }
  }

  private static String name(StoredRun stored) {
    return stored.name() + SUFFIX;
  }

  private void take(RunsLock lock, String name, long seed) {
    if (!lock.take(name, seed, 1)) {
      throw new UsageException(out + ": another trial is at " + name + ": choose another --out");
    }
  }

  /** A schedule that was met in real time is tried in simulation, where it can be shrunk. */
  private static RunSpec simulated(RunSpec spec) {
    return spec.simulated() ? spec : spec.withTarget(RunSpec.SIMULATION);
  }

  private static boolean showsNothing(RunResult whole) {
    return whole.outcome() != null && Sign.of(whole.outcome()).isEmpty();
  }

  private void progress(String line) {
    if (System.console() != null) {
      System.err.println("trial: " + line);
    }
  }

  private Sign sign(RunResult whole) {
    if (whole.outcome() == null || whole.outcome().outcome() == Outcome.ERROR) {
      throw new UsageException(run + ": cannot be held here: " + whole.summary().reason());
    }
    List<Sign> shown = Sign.of(whole.outcome());
    if (shown.isEmpty()) {
      throw new UsageException(
          run + ": shows nothing that could stay: there is no finding and no witness");
    }
    if (anomaly == null) {
      return shown.get(0);
    }
    List<String> kinds = shown.stream().map(each -> each.kind().id()).distinct().toList();
    return shown.stream()
        .filter(each -> each.kind().id().equals(anomaly))
        .findFirst()
        .orElseThrow(
            () -> new UsageException(run + ": " + Nearest.explain("anomaly", anomaly, kinds)));
  }

  /** The smallest run is held again before it is stored: what does not replay is no finding. */
  private int confirmed(Target target, Shrunk shrunk, String name) {
    RunResult smallest = shrunk.smallest();
    RunSpec spec = smallest.request().spec();
    Replay.Comparison again =
        Replay.compare(target, spec, smallest.history(), smallest.summary().traceHash());
    if (again.ending() != Replay.Ending.IDENTICAL) {
      again.lines().forEach(System.err::println);
      return ExitCode.HARNESS_ERROR;
    }
    RunSummary kept = store(target, spec, name);
    String whole = name.substring(0, name.length() - SUFFIX.length());
    BeforeAndAfter.keep(RunDirectory.open(Path.of(kept.directory())), shrunk, whole);
    ShrunkText.lines(shrunk, kept).forEach(System.out::println);
    again.lines().forEach(System.out::println);
    return ExitCode.AS_EXPECTED;
  }

  private RunSummary store(Target target, RunSpec spec, String name) {
    RunRequest request =
        new RunRequest(name, spec, Experiments.of(spec), Experiments.claimOf(spec).sentence());
    return new RunHouse(target, out).run(request).summary();
  }
}
