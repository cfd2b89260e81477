package dev.trial.app.command;

import dev.trial.app.input.Amounts;
import dev.trial.app.input.OutputPath;
import dev.trial.core.input.Lengths;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.shrink.LiveShrinking;
import dev.trial.engine.shrink.Recorded;
import dev.trial.engine.shrink.Repeated;
import dev.trial.engine.shrink.Shrinking;
import dev.trial.engine.shrink.Sign;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import dev.trial.results.store.RunsLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
  static final String SUFFIX = "_shrunk";
  private static final int REPEATS_MAX = 1_000;

  @Parameters(paramLabel = "RUN", description = "a run directory or its spec.json")
  private Path run;

  @Option(names = "--budget", paramLabel = "60s", description = "how long to try (default: 60s)")
  private String budget = "60s";

  @Option(
      names = "--anomaly",
      paramLabel = "KIND",
      description = "what has to stay (default: the first one that the run shows)")
  private String anomaly;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "in real time: runs that tell how often it shows (default: 10)")
  private String repeats = "10";

  @Option(names = "--out", paramLabel = "DIR", description = "where the shrunk run goes")
  private Path out = Targets.home().resolve("results").resolve("runs");

  @Override
  public Integer call() {
    long budgetMs = Lengths.millis("--budget", budget);
    int runs = Amounts.of("--repeats", repeats, 1, REPEATS_MAX);
    OutputPath.check(out);
    StoredRun stored = StoredRun.ofSpec(run);
    RunSpec spec = stored.spec();
    String name = stored.name() + SUFFIX;
    try (RunsLock lock = OutputPath.lock(out);
        UntilToldToEnd time = new UntilToldToEnd(Shrinking.Budget.ofMillis(budgetMs))) {
      take(lock, name, spec.seed());
      return spec.simulated()
          ? simulated(stored, time).orElseThrow(this::showsNothing)
          : live(stored, name, time, runs);
    }
  }

  private void take(RunsLock lock, String name, long seed) {
    if (!lock.take(name, seed, 1)) {
      throw new UsageException(out + ": another trial is at " + name + ": choose another --out");
    }
  }

  private UsageException showsNothing() {
    return new UsageException(run + ": shows nothing that could stay: no anomaly is in it");
  }

  /** Empty if nothing shows. */
  private Optional<Integer> simulated(StoredRun stored, Shrinking.Budget time) {
    try (SimulatedShrink shrink = new SimulatedShrink(stored.spec(), out, time, this::progress)) {
      List<Sign> shown = shrink.shown(run);
      return shown.isEmpty()
          ? Optional.empty()
          : Optional.of(shrink.shrink(chosen(shown), stored.name()));
    }
  }

  /**
   * What real time showed is shrunk in simulation if it shows there as well, under the same
   * schedule; else by holding it again and again.
   */
  private int live(StoredRun stored, String name, Shrinking.Budget time, int runs) {
    RunSpec spec = stored.spec();
    List<Sign> recorded = Recorded.signs(spec, stored.history());
    if (recorded.isEmpty()) {
      throw showsNothing();
    }
    Sign sign = chosen(recorded);
    RunSpec virtual = spec.withTarget(RunSpec.SIMULATION);
    try (SimulatedShrink shrink = new SimulatedShrink(virtual, out, time, this::progress)) {
      if (shrink.shows(sign)) {
        return shrink.shrink(sign, stored.name());
      }
    }
    System.err.println("trial: simulation does not show it: held again in real time");
    return repeated(spec, sign, name, time, runs);
  }

  private int repeated(RunSpec spec, Sign sign, String name, Shrinking.Budget time, int runs) {
    try (Target target = Targets.open(spec.target(), spec.client())) {
      LiveShrinking shrinking = new LiveShrinking(target, out, time, this::progress);
      Optional<Repeated> shrunk = shrinking.shrink(spec, sign, name, runs);
      if (shrunk.isEmpty()) {
        System.out.println("unknown: of " + shrinking.held() + " runs none shows " + sign.words());
        return ExitCode.UNKNOWN;
      }
      ShrunkText.lines(shrunk.get()).forEach(System.out::println);
      return ExitCode.AS_EXPECTED;
    }
  }

  private void progress(String line) {
    if (System.console() != null) {
      System.err.println("trial: " + line);
    }
  }

  private Sign chosen(List<Sign> shown) {
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
}
