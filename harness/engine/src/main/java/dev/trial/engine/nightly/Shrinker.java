package dev.trial.engine.nightly;

import dev.trial.claims.Experiments;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.shrink.BeforeAndAfter;
import dev.trial.engine.shrink.Shrinking;
import dev.trial.engine.shrink.Shrunk;
import dev.trial.engine.targets.Target;
import dev.trial.engine.work.Cores;
import dev.trial.results.store.RunDirectory;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Shrinks what a campaign found, in simulation, and stores the smallest run beside the others. */
public final class Shrinker implements Harvest.Smaller, AutoCloseable {
  /** What is broken badly shows in many ways, and the gravest come first. */
  public static final int MOST = 5;

  private final Supplier<Target> opening;
  private final Cores cores;
  private final Path runs;
  private final long budgetMs;
  private final Consumer<Shrunk> each;
  private int left = MOST;
  private Target simulation;

  /**
   * Shrinks the first {@value #MOST}, each for so long at most.
   *
   * @param simulation opens the world in which runs are made smaller, once there is one
   * @param runs where the smallest runs are stored
   * @param each sees what came of it
   */
  public Shrinker(
      Supplier<Target> simulation, Cores cores, Path runs, long budgetMs, Consumer<Shrunk> each) {
    this.opening = simulation;
    this.cores = cores;
    this.runs = runs;
    this.budgetMs = budgetMs;
    this.each = each;
  }

  @Override
  public RunSpec of(NightRun run, RunSpec spec) {
    if (left == 0) {
      return spec;
    }
    left--;
    simulation = simulation == null ? opening.get() : simulation;
    Shrinking shrinking =
        new Shrinking(simulation, cores, Shrinking.Budget.ofMillis(budgetMs), line -> {});
    RunResult whole = shrinking.hold(spec.withTarget(simulation.name()));
    if (whole.outcome() == null || run.sign().in(whole.outcome()) == null) {
      return spec; // what real time showed does not show in simulation
    }
    Shrunk shrunk = shrinking.shrink(whole, run.sign());
    RunSpec smallest = shrunk.smallest().request().spec();
    new RunHouse(simulation, runs)
        .run(
            new RunRequest(
                nameOf(run),
                smallest,
                Experiments.of(smallest),
                Experiments.claimOf(smallest).sentence()));
    BeforeAndAfter.keep(RunDirectory.open(runs.resolve(nameOf(run))), shrunk, run.run());
    each.accept(shrunk);
    return smallest;
  }

  @Override
  public void close() {
    if (simulation != null) {
      simulation.close();
    }
  }

  /** What the smallest run, and its directory, is called. */
  public static String nameOf(NightRun run) {
    return run.run() + "-shrunk";
  }
}
