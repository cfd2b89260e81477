package dev.trial.app.command;

import dev.trial.app.bench.Bench;
import dev.trial.app.bench.BenchFigures;
import dev.trial.app.bench.CheckerBench;
import dev.trial.app.bench.CheckerFigures;
import dev.trial.app.bench.Shape;
import dev.trial.app.detection.ColdDetection;
import dev.trial.app.detection.DetectionBench;
import dev.trial.app.detection.DetectionFigures;
import dev.trial.app.input.Amounts;
import dev.trial.app.mutant.MutantTrial;
import dev.trial.claims.Claim;
import dev.trial.claims.Experiment;
import dev.trial.claims.NamedClaims;
import dev.trial.core.input.Lengths;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trial bench}: how fast whole runs, or the checkers alone, are on this machine. */
@Command(
    name = "bench",
    description =
        "Measures how fast simulated runs are on this machine; with --checkers, how fast"
            + " a long made history is read and judged; with --detection, how soon defects are seen.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final int RUNS_MAX = 1_000_000;
  private static final String MAIN = "dev.trial.app.Main";
  private static final int STARTS_MAX = 1_000;
  private static final int OPERATIONS_MAX = 1_000_000_000;

  @Option(
      names = "--claim",
      paramLabel = "ID",
      description = "runs of this claim, or of ID/HALF of it (acks-all-min-isr-2)")
  private String claim = "acks-all-min-isr-2";

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "runs before any counts: a warm JVM needs so many (600)")
  private String warmUpRuns = "600";

  @Option(names = "--runs", paramLabel = "N", description = "runs that count (100)")
  private String measuredRuns = "100";

  @Option(names = "--time", paramLabel = "60s", description = "load of each run (the claim's own)")
  private String time;

  @Option(names = "--checkers", description = "the checkers alone, on a made history")
  private boolean checkers;

  @Option(
      names = "--operations",
      paramLabel = "N",
      description = "with --checkers: its length, about (1000000)")
  private String operations = "1000000";

  @Option(
      names = "--shape",
      paramLabel = "S",
      description =
          "with --checkers: many-keys (the default), hot-key, long-transactions, many-aborted"
              + " or many-indeterminate")
  private String shape = Shape.MANY_KEYS.id();

  @Option(names = "--detection", description = "how soon the defects of 'trial mutants' are seen")
  private boolean detection;

  @Option(
      names = "--mutant",
      split = ",",
      paramLabel = "M[,M...]",
      description = "with --detection: only these (default: all)")
  private List<String> mutants = List.of();

  @Option(
      names = "--starts",
      paramLabel = "N",
      description = "with --detection: first seeds for each (5)")
  private String starts;

  @Option(
      names = "--cold",
      description = "with --detection: each in a process of its own, from its start, once")
  private boolean cold;

  @Option(
      names = "--here",
      paramLabel = "M",
      hidden = true,
      description = "one, in this process, from its start")
  private String here;

  @Option(names = "--json", description = "one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    if (detection && checkers) {
      throw new UsageException("--detection or --checkers: each is a bench of its own");
    }
    if (detection) {
      return benchDetection();
    }
    if (cold || here != null || starts != null || !mutants.isEmpty()) {
      throw new UsageException("--mutant, --starts and --cold are about --detection");
    }
    if (checkers) {
      return benchCheckers();
    }
    long loadMs = time == null ? 0 : Lengths.millis("--time", time);
    BenchFigures figures = bench(loadMs).run();
    if (json) {
      System.out.println(figures.json());
    } else {
      figures.lines().forEach(System.out::println);
    }
    return ExitCode.AS_EXPECTED;
  }

  private Bench bench(long loadMs) {
    Claim found = NamedClaims.of(claim);
    Experiment experiment = found.halves().get(0);
    int unmeasured = Amounts.of("--warm-up", warmUpRuns, 0, RUNS_MAX);
    int measured = Amounts.of("--runs", measuredRuns, 1, RUNS_MAX);
    return new Bench(found, experiment, unmeasured, measured, loadMs);
  }

  private int benchDetection() {
    mutants.forEach(RunCommand::checkMutant);
    int firstSeeds = Amounts.of("--starts", starts == null ? "5" : starts, 1, STARTS_MAX);
    int unmeasured = Amounts.of("--warm-up", warmUpRuns, 0, RUNS_MAX);
    if (here != null) {
      RunCommand.checkMutant(here);
      System.out.println(ColdDetection.here(trials(List.of(here)).get(0)));
      return ExitCode.AS_EXPECTED;
    }
    DetectionFigures figures =
        cold
            ? new ColdDetection(MAIN, trials(mutants)).run()
            : new DetectionBench(trials(mutants), unmeasured, firstSeeds).run();
    if (json) {
      System.out.println(figures.json());
    } else {
      figures.lines(TerminalWidth.columns()).forEach(System.out::println);
    }
    return figures.allSeen() ? ExitCode.AS_EXPECTED : ExitCode.FINDING;
  }

  private static List<MutantTrial> trials(List<String> chosen) {
    return MutantTrial.all().stream()
        .filter(trial -> chosen.isEmpty() || chosen.contains(trial.defect().id()))
        .toList();
  }

  private int benchCheckers() {
    if (time != null) {
      throw new UsageException("--time is the load of whole runs: --checkers takes --operations");
    }
    int length = Amounts.of("--operations", operations, 1, OPERATIONS_MAX);
    CheckerFigures figures = new CheckerBench(shape(), length).run();
    if (json) {
      System.out.println(figures.json());
    } else {
      figures.lines().forEach(System.out::println);
    }
    return ExitCode.AS_EXPECTED;
  }

  private Shape shape() {
    return Arrays.stream(Shape.values())
        .filter(each -> each.id().equals(shape))
        .findFirst()
        .orElseThrow(() -> new UsageException(Nearest.explain("shape", shape, Shape.ids())));
  }
}
