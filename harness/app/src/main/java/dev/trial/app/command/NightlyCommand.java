package dev.trial.app.command;

import dev.trial.app.input.Amounts;
import dev.trial.app.input.OutputPath;
import dev.trial.core.input.Lengths;
import dev.trial.core.input.SeedRange;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.draw.Draw;
import dev.trial.engine.nightly.Night;
import dev.trial.engine.nightly.NightBook;
import dev.trial.engine.nightly.NightPlan;
import dev.trial.engine.nightly.NightRun;
import dev.trial.engine.nightly.Shard;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trial nightly}: a campaign of drawn runs. */
@Command(
    name = "nightly",
    description =
        "Runs what seeds draw (claims and free combinations of everything) within a budget.",
    mixinStandardHelpOptions = true)
final class NightlyCommand implements Callable<Integer> {
  /** Seeds of a day: more than a machine holds runs in it. */
  private static final long SEEDS_A_DAY = 10_000_000;

  @Option(
      names = "--budget",
      paramLabel = "30m",
      description = "how long, in all (default: 30m, or until all --seeds are done)")
  private String budget;

  @Option(
      names = "--seeds",
      paramLabel = "A..B",
      description = "all of these seeds (default: those of the day, the most telling ones)")
  private String seeds;

  @Option(
      names = "--target",
      paramLabel = "T,U",
      split = ",",
      description = "worlds, one after the other (default: sim)")
  private List<String> targets = List.of(RunSpec.SIMULATION);

  @Option(names = "--client", paramLabel = "VERSION", description = "kafka-clients version")
  private String client = Targets.DEFAULT_CLIENT;

  @Option(names = "--mutant", paramLabel = "M", description = "a defect of the reference cluster")
  private List<String> mutants = List.of();

  @Option(names = "--shard", paramLabel = "i/n", description = "one part of the campaign of n")
  private String shard;

  @Option(names = "--out", paramLabel = "DIR", description = "where campaigns go")
  private Path out = Targets.home().resolve("results").resolve("nightly");

  @Option(names = "--parallel", paramLabel = "N", description = "simulated runs at a time")
  private String parallel = String.valueOf(Runtime.getRuntime().availableProcessors());

  @Override
  public Integer call() {
    int workers = Amounts.parallel(parallel);
    mutants = mutants.stream().distinct().toList();
    mutants.forEach(RunCommand::checkMutant);
    targets.forEach(target -> RunCommand.checkMutantsOf(target, mutants));
    OutputPath.check(out);
    NightPlan plan = plan();
    try (NightBook book = NightBook.open(out, plan, seeds == null, this::seen)) {
      for (String name : targets) {
        try (Target target = Targets.open(name, client)) {
          Night night = new Night(target, book, book.directory().resolve("runs"), workers);
          Draw draw = new Draw(target, client, mutants);
          night.hold(draw, () -> plan.budgetMs() > 0 && book.elapsedMs() > plan.budgetMs());
        }
      }
      book.end();
      System.out.println(book.summary().runs() + " runs " + book.elapsedMs() + " ms");
      book.summary()
          .found()
          .forEach(
              (sign, found) ->
                  System.out.println(
                      sign.words()
                          + " "
                          + found.runs()
                          + " "
                          + found.first().keySet()
                          + " seed "
                          + found.smallest().seed()
                          + ": "
                          + found.smallest().sentence()));
      System.out.println(book.summary().silent());
      System.out.println(book.summary().errors());
    }
    return 0;
  }

  private void seen(NightRun run) {
    if (run.sign() != null) {
      System.err.println(
          run.seed() + " " + run.about() + " " + run.sign().words() + ": " + run.sentence());
    }
  }

  private NightPlan plan() {
    SeedRange range = seeds == null ? null : SeedRange.parse(seeds);
    long budgetMs = budget == null ? 0 : Lengths.millis("--budget", budget);
    if (range == null && budgetMs == 0) {
      budgetMs = Lengths.millis("--budget", "30m");
    }
    Shard part = shard == null ? Shard.WHOLE : Shard.parse(shard, System::getenv);
    if (targets.isEmpty()) {
      throw new UsageException("--target '': names no world");
    }
    return new NightPlan(
        targets,
        client,
        mutants,
        range == null ? firstOfToday() : range.first(),
        range == null ? 0 : range.size(),
        budgetMs,
        part);
  }

  /** Each night has its own seeds, and they can be named again. */
  private static long firstOfToday() {
    return LocalDate.now(ZoneOffset.UTC).toEpochDay() * SEEDS_A_DAY;
  }
}
