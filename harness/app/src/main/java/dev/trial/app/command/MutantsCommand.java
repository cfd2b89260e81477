package dev.trial.app.command;

import dev.trial.app.input.Amounts;
import dev.trial.app.mutant.CleanControl;
import dev.trial.app.mutant.MutantScore;
import dev.trial.app.mutant.MutantScoring;
import dev.trial.app.mutant.MutantShrinking;
import dev.trial.app.mutant.MutantTrial;
import dev.trial.app.mutant.ShrunkMutant;
import dev.trial.app.mutant.ShrunkMutants;
import dev.trial.core.input.Lengths;
import dev.trial.core.input.SeedRange;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import dev.trial.engine.work.Cores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trial mutants}: the defects on purpose, and whether the checkers see them. */
@Command(
    name = "mutants",
    description =
        "Lists the defects of the reference cluster; --score puts the checkers to test, --shrink"
            + " shows what is left of each.",
    mixinStandardHelpOptions = true)
final class MutantsCommand implements Callable<Integer> {
  private static final int CLEAN_RUNS = 2_000;
  private static final int CLEAN_RUNS_MAX = 1_000_000;

  @Parameters(paramLabel = "MUTANT", arity = "0..*", description = "only these (default: all)")
  private List<String> only = List.of();

  @Option(names = "--score", description = "run each until a checker catches it")
  private boolean score;

  @Option(names = "--shrink", description = "make the first run that shows each small")
  private boolean shrink;

  @Option(
      names = "--budget",
      paramLabel = "60s",
      description = "with --shrink: how long to try for each (default: 60s)")
  private String budget = "60s";

  @Option(
      names = {"--seeds", "--seed"},
      paramLabel = "A..B",
      description = "seeds to try (default: 1..100)")
  private String seeds = "1..100";

  @Option(
      names = "--clean",
      paramLabel = "N",
      description = "runs without defects beside it (default: 2000; 0 where mutants are named)")
  private String clean;

  @Option(names = "--parallel", paramLabel = "N", description = "runs at a time")
  private String parallel = String.valueOf(Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "with --shrink: keeps the shrunk runs; those that are there are not made again")
  private Path out;

  @Option(names = "--markdown", description = "with --shrink: the table as documents have it")
  private boolean markdown;

  @Option(names = "--json", description = "a JSON object a line")
  private boolean json;

  @Override
  public Integer call() {
    SeedRange range = SeedRange.parse(seeds);
    if (range.first() < 0) {
      throw new UsageException("--seeds " + seeds + ": mutants are scored by seeds from 0");
    }
    int workers = Amounts.parallel(parallel);
    int cleanRuns = cleanRuns();
    long budgetMs = Lengths.millis("--budget", budget);
    only.forEach(RunCommand::checkMutant);
    if (shrink) {
      checkAlone();
      return shrunk(range, workers, budgetMs);
    }
    if (out != null || markdown) {
      throw new UsageException("--out and --markdown are about --shrink");
    }
    if (!score) {
      CatalogueCommands.print(CatalogueCommands.mutants(), json);
      return ExitCode.AS_EXPECTED;
    }
    List<MutantScore> scores = new ArrayList<>();
    CleanControl.Result control = null;
    try (Target target = Targets.open(RunSpec.SIMULATION, Targets.DEFAULT_CLIENT)) {
      MutantScoring scoring = new MutantScoring(target, workers, range.first(), range.last());
      chosen().forEach(trial -> scores.add(scoring.score(trial)));
      if (cleanRuns > 0) {
        control = new CleanControl(target, workers).run(cleanRuns);
      }
    }
    print(scores, control);
    boolean passed = scores.stream().allMatch(MutantScore::passed);
    boolean cleanPassed = control == null || control.findings().isEmpty();
    return passed && cleanPassed ? ExitCode.AS_EXPECTED : ExitCode.FINDING;
  }

  private void checkAlone() {
    if (score || json || clean != null) {
      throw new UsageException(
          "--shrink prints a table of its own: leave --score, --clean and --json out");
    }
  }

  private Stream<MutantTrial> chosen() {
    return MutantTrial.all().stream()
        .filter(trial -> only.isEmpty() || only.contains(trial.defect().id()));
  }

  private int shrunk(SeedRange range, int workers, long budgetMs) {
    List<ShrunkMutant> shrunk = new ArrayList<>();
    ShrunkMutants stored = out == null ? null : new ShrunkMutants(out);
    try (Target target = Targets.open(RunSpec.SIMULATION, Targets.DEFAULT_CLIENT);
        Cores cores = new Cores(workers)) {
      MutantShrinking shrinking = new MutantShrinking(target, cores, budgetMs, out);
      for (MutantTrial trial : chosen().toList()) {
        Optional<ShrunkMutant> before =
            stored == null ? Optional.empty() : stored.of(trial.defect().id());
        before
            .or(() -> kept(stored, shrinking.shrink(trial, range.first(), range.last())))
            .ifPresent(shrunk::add);
      }
    }
    print(shrunk);
    return shrunk.size() == chosen().count() && shrunk.stream().allMatch(ShrunkMutant::small)
        ? ExitCode.AS_EXPECTED
        : ExitCode.FINDING;
  }

  private static Optional<ShrunkMutant> kept(ShrunkMutants stored, Optional<ShrunkMutant> shrunk) {
    if (stored != null) {
      shrunk.ifPresent(stored::put);
    }
    return shrunk;
  }

  private void print(List<ShrunkMutant> shrunk) {
    if (markdown) {
      System.out.print(ShrunkMutant.markdown(shrunk));
    } else {
      ShrunkMutant.table(shrunk, TerminalWidth.columns()).forEach(System.out::println);
    }
    System.out.println(ShrunkMutant.summary(shrunk));
  }

  private int cleanRuns() {
    if (clean != null) {
      return Amounts.of("--clean", clean, 0, CLEAN_RUNS_MAX);
    }
    return only.isEmpty() ? CLEAN_RUNS : 0;
  }

  private void print(List<MutantScore> scores, CleanControl.Result control) {
    if (json) {
      scores.forEach(each -> System.out.println(each.json()));
    } else {
      MutantScore.table(scores, TerminalWidth.columns()).forEach(System.out::println);
      System.out.println(MutantScore.summary(scores));
    }
    if (control != null) {
      System.out.println(json ? control.json() : control.sentence());
      if (!json) {
        control.findings().forEach(each -> System.out.println("  " + each));
      }
    }
  }
}
