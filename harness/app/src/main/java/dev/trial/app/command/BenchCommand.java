package dev.trial.app.command;

import dev.trial.app.bench.Bench;
import dev.trial.app.bench.BenchFigures;
import dev.trial.app.input.UsageException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trial bench}: how fast whole runs are on this machine. */
@Command(
    name = "bench",
    description = "Measures how fast simulated runs are on this machine.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--warm-up", paramLabel = "N", description = "runs before any counts (200)")
  private int warmUpRuns = 200;

  @Option(names = "--runs", paramLabel = "N", description = "runs that count (100)")
  private int measuredRuns = 100;

  @Option(names = "--json", description = "one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    if (warmUpRuns < 0 || measuredRuns < 1) {
      throw new UsageException("--warm-up is 0 or more, --runs is 1 or more");
    }
    BenchFigures figures = new Bench(warmUpRuns, measuredRuns).run();
    if (json) {
      System.out.println(figures.json());
    } else {
      figures.lines().forEach(System.out::println);
    }
    return ExitCode.AS_EXPECTED;
  }
}
