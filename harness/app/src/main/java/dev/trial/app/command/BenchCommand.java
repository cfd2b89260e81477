package dev.trial.app.command;

import dev.trial.app.bench.Bench;
import dev.trial.app.bench.BenchFigures;
import dev.trial.app.bench.CheckerBench;
import dev.trial.app.bench.CheckerFigures;
import dev.trial.app.bench.Shape;
import dev.trial.app.claim.Claim;
import dev.trial.app.claim.Claims;
import dev.trial.app.claim.Experiment;
import dev.trial.app.input.Lengths;
import dev.trial.app.input.UsageException;
import dev.trial.core.json.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trial bench}: how fast whole runs, or the checkers alone, are on this machine. */
@Command(
    name = "bench",
    description = {
      "Measures how fast simulated runs are on this machine; with --checkers, how fast",
      "a long made history is read and judged."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--claim",
      paramLabel = "ID",
      description = "runs of this claim, or of ID/HALF of it (acks-all-min-isr-2)")
  private String claim = "acks-all-min-isr-2";

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "runs before any counts: a warm JVM needs so many (600)")
  private int warmUpRuns = 600;

  @Option(names = "--runs", paramLabel = "N", description = "runs that count (100)")
  private int measuredRuns = 100;

  @Option(names = "--time", paramLabel = "60s", description = "load of each run (the claim's own)")
  private String time;

  @Option(names = "--checkers", description = "the checkers alone, on a made history")
  private boolean checkers;

  @Option(
      names = "--operations",
      paramLabel = "N",
      description = "with --checkers: its length, about (1000000)")
  private long operations = 1_000_000;

  @Option(
      names = "--shape",
      paramLabel = "S",
      description =
          "with --checkers: many-keys (the default), hot-key, long-transactions, many-aborted"
              + " or many-indeterminate")
  private String shape = Shape.MANY_KEYS.id();

  @Option(names = "--json", description = "one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    if (checkers) {
      return benchCheckers();
    }
    if (warmUpRuns < 0 || measuredRuns < 1) {
      throw new UsageException("--warm-up is 0 or more, --runs is 1 or more");
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
    String[] parts = claim.split("/", 2);
    Claim found = Claims.all().get(parts[0]);
    if (found == null) {
      throw new UsageException(Nearest.explain("claim", parts[0], Claims.all().keySet()));
    }
    String half = parts.length > 1 ? parts[1] : found.halves().get(0).half();
    List<String> known = found.halves().stream().map(Experiment::half).toList();
    Experiment experiment =
        found
            .half(half)
            .orElseThrow(
                () -> new UsageException(Nearest.explain("half of " + found.id(), half, known)));
    return new Bench(found, experiment, warmUpRuns, measuredRuns, loadMs);
  }

  private int benchCheckers() {
    if (time != null) {
      throw new UsageException("--time is the load of whole runs: --checkers takes --operations");
    }
    if (operations < 1 || operations > Integer.MAX_VALUE / 2) {
      throw new UsageException("--operations is 1 or more, and fits a history");
    }
    CheckerFigures figures = new CheckerBench(shape(), operations).run();
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
