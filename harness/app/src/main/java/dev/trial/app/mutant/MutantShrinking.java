package dev.trial.app.mutant;

import dev.trial.app.bench.Stopwatch;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.shrink.Shrinking;
import dev.trial.engine.shrink.Shrunk;
import dev.trial.engine.shrink.Sign;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import dev.trial.engine.work.Cores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes the first run that gives a mutant away as small as a budget allows. */
public final class MutantShrinking {
  private static final long NS_PER_MS = 1_000_000;

  private final Target target;
  private final Cores cores;
  private final long budgetMs;
  private final Path out;

  /**
   * With that budget for each mutant.
   *
   * @param out where the smallest runs are stored; null to store none
   */
  public MutantShrinking(Target target, Cores cores, long budgetMs, Path out) {
    this.out = out;
    this.target = target;
    this.cores = cores;
    this.budgetMs = budgetMs;
  }

  /** What came of the first of those seeds that shows it; empty if none does. */
  public Optional<ShrunkMutant> shrink(MutantTrial trial, long firstSeed, long lastSeed) {
    Shrinking holding = new Shrinking(target, cores, () -> false, step -> {});
    for (long seed = firstSeed; seed <= lastSeed; seed++) {
      RunResult whole = holding.hold(spec(trial, seed));
      Optional<Sign> sign = sign(trial, whole);
      if (sign.isPresent()) {
        return Optional.of(shrunk(trial, seed, whole, sign.get()));
      }
    }
    return Optional.empty();
  }

  private RunSpec spec(MutantTrial trial, long seed) {
    Specs.Overrides mutated = new Specs.Overrides(0, List.of(trial.defect().id()));
    return Specs.of(
        trial.claim(), trial.experiment(), target, Targets.DEFAULT_CLIENT, seed, mutated);
  }

  private ShrunkMutant shrunk(MutantTrial trial, long seed, RunResult whole, Sign sign) {
    Shrinking shrinking =
        new Shrinking(target, cores, Shrinking.Budget.ofMillis(budgetMs), step -> {});
    Stopwatch watch = new Stopwatch();
    Shrunk shrunk = shrinking.shrink(whole, sign);
    watch.stop();
    confirm(trial, shrunk);
    return new ShrunkMutant(
        trial.defect().id(),
        trial.name().toString(),
        seed,
        sign.words(),
        shrunk.before(),
        shrunk.after(),
        shrunk.held(),
        watch.lapse().wallNs() / NS_PER_MS,
        watch.lapse().cpuNs() / NS_PER_MS);
  }

  /** Held again, and stored where runs are: what does not replay is no finding. */
  private void confirm(MutantTrial trial, Shrunk shrunk) {
    RunSpec spec = shrunk.smallest().request().spec();
    RunRequest request =
        new RunRequest(trial.defect().id(), spec, trial.experiment(), trial.claim().sentence());
    RunResult again = new RunHouse(target, out).run(request);
    if (!shrunk.smallest().summary().traceHash().equals(again.summary().traceHash())) {
      throw new IllegalStateException(trial.defect().id() + ": the shrunk run does not replay");
    }
  }

  private static Optional<Sign> sign(MutantTrial trial, RunResult whole) {
    if (whole.outcome() == null) {
      return Optional.empty();
    }
    return Sign.of(whole.outcome()).stream()
        .filter(each -> !each.allowed() && trial.meant().contains(each.kind()))
        .findFirst();
  }
}
