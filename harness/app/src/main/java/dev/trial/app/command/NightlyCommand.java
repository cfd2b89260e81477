package dev.trial.app.command;

import dev.trial.app.ci.CiFiles;
import dev.trial.app.input.Amounts;
import dev.trial.app.input.OutputPath;
import dev.trial.core.input.Lengths;
import dev.trial.core.input.MissingMeansException;
import dev.trial.core.input.SeedRange;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.corpus.Corpus;
import dev.trial.engine.nightly.NightBook;
import dev.trial.engine.nightly.NightPlan;
import dev.trial.engine.nightly.Shard;
import dev.trial.engine.targets.Targets;
import dev.trial.results.store.RunsLock;
import dev.trial.results.store.StoreException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trial nightly}: a campaign of drawn runs. */
@Command(
    name = "nightly",
    description =
        "Runs what seeds draw (claims, and anything combined) within a budget; what once failed"
            + " comes first.",
    mixinStandardHelpOptions = true)
final class NightlyCommand implements Callable<Integer> {
  /** Seeds of a day: more than a machine holds runs in it. */
  private static final long SEEDS_A_DAY = 10_000_000;

  private static final String DEFAULT_BUDGET = "30m";
  static final String LOCK = "nightly";

  @Option(
      names = "--budget",
      paramLabel = "30m",
      description = "how long, in all (default: 30m, or until all --seeds are done)")
  private String budget;

  @Option(
      names = {"--seeds", "--seed"},
      paramLabel = "A..B",
      description = "all of these seeds (default: the most telling ones of the day's)")
  private String seeds;

  @Option(
      names = "--target",
      paramLabel = "T",
      split = ",",
      description = "the world (default: sim); several, one after the other: T,U")
  private List<String> targets = List.of(RunSpec.SIMULATION);

  @Option(
      names = "--client",
      paramLabel = "VERSION",
      description = "kafka-clients version; an experiment about one version keeps that")
  private String client = Targets.DEFAULT_CLIENT;

  @Option(names = "--mutant", paramLabel = "M", description = "a defect of the reference cluster")
  private List<String> mutants = List.of();

  @Option(
      names = "--corpus",
      paramLabel = "DIR",
      description = "specs that failed before, tried first (default: corpus in --out)")
  private Path corpus;

  @Option(
      names = "--shrink",
      paramLabel = "60s",
      description = "how long a new finding is made smaller at most (default: 60s)")
  private String shrink = "60s";

  @Option(
      names = "--shard",
      paramLabel = "i/n",
      description = "one part of n; auto/n in a Kubernetes Indexed Job or a Slurm array")
  private String shard;

  @Option(names = "--out", paramLabel = "DIR", description = "where campaigns go")
  private Path out = Targets.home().resolve("results").resolve("nightly");

  @Option(names = "--parallel", paramLabel = "N", description = "simulated runs at a time")
  private String parallel = String.valueOf(Runtime.getRuntime().availableProcessors());

  @Option(names = "--json", description = "a JSON line a run, and a summary line")
  private boolean json;

  @Mixin private final CiFiles files = new CiFiles();

  @Override
  public Integer call() {
    int workers = Amounts.parallel(parallel);
    long shrinkMs = Lengths.millis("--shrink", shrink);
    mutants = mutants.stream().distinct().toList();
    mutants.forEach(RunCommand::checkMutant);
    targets.forEach(target -> RunCommand.checkMutantsOf(target, mutants));
    targets.forEach(NightlyCommand::checkTarget);
    OutputPath.check(out);
    files.check();
    NightPlan plan = plan();
    Corpus entries =
        corpus == null ? Corpus.read(out.resolve("corpus")) : Corpus.named("--corpus", corpus);
    NightPrinter printer = new NightPrinter(json, files);
    try (RunsLock lock = OutputPath.lock(out)) {
      take(lock);
      try (NightBook book = NightBook.open(out, plan, seeds == null, printer::add)) {
        printer.begin(book);
        NightShift shift = new NightShift(book, entries, printer, workers, shrinkMs);
        return printer.conclude(entries, shift.held(LocalDate.now(ZoneOffset.UTC)));
      } catch (MissingMeansException | StoreException broken) {
        printer.cutShort();
        throw broken;
      }
    }
  }

  private static void checkTarget(String target) {
    try {
      Targets.checkName(target);
    } catch (IllegalArgumentException unknown) {
      throw new UsageException("--target: " + unknown.getMessage());
    }
  }

  private void take(RunsLock lock) {
    if (!lock.take(LOCK, 1, 1)) {
      throw new UsageException(
          out
              + ": another trial is at a campaign there: wait for its end, or choose another --out");
    }
  }

  private NightPlan plan() {
    SeedRange range = seeds == null ? null : SeedRange.parse(seeds);
    String time = budget == null && range == null ? DEFAULT_BUDGET : budget;
    return new NightPlan(
        targets.stream().distinct().toList(),
        client,
        mutants,
        range == null ? firstOfToday() : range.first(),
        range == null ? 0 : range.size(),
        time == null ? 0 : Lengths.millis("--budget", time),
        shard == null ? Shard.WHOLE : Shard.parse(shard, System::getenv));
  }

  /** Each night has seeds of its own, which can be named again. */
  private static long firstOfToday() {
    return LocalDate.now(ZoneOffset.UTC).toEpochDay() * SEEDS_A_DAY;
  }
}
