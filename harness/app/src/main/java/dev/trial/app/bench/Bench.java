package dev.trial.app.bench;

import dev.trial.claims.Claim;
import dev.trial.claims.Experiment;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.SimTarget;
import dev.trial.engine.targets.Targets;
import dev.trial.sim.world.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Times whole runs of one experiment, one after the other on one thread: simulated cluster and
 * clients, faults, history as bytes, rolling hash, invariants after each event, every checker. Each
 * run has another seed. Nothing is stored.
 */
public final class Bench {
  private final Claim claim;
  private final Experiment experiment;
  private final int warmUpRuns;
  private final int measuredRuns;
  private final long loadMs;

  /**
   * So many runs before anything counts, and so many that do.
   *
   * @param loadMs length of the load of each run; 0 for the experiment's own
   */
  public Bench(Claim claim, Experiment experiment, int warmUpRuns, int measuredRuns, long loadMs) {
    this.claim = claim;
    this.experiment = experiment;
    this.warmUpRuns = warmUpRuns;
    this.measuredRuns = measuredRuns;
    this.loadMs = loadMs > 0 ? loadMs : experiment.loadMs();
  }

  /** Runs all of it. */
  public BenchFigures run() {
    AtomicReference<Simulation> simulation = new AtomicReference<>();
    try (SimTarget target = Targets.simulation(simulation::set)) {
      List<Sample> samples = new ArrayList<>();
      for (int seed = 1; seed <= warmUpRuns + measuredRuns; seed++) {
        Sample sample = sample(target, seed, simulation);
        if (seed > warmUpRuns) {
          samples.add(sample);
        }
      }
      ClusterShape shape = experiment.profile().shape();
      return BenchFigures.of(claim.name(experiment).toString(), shape, samples, warmUpRuns, loadMs);
    }
  }

  private Sample sample(SimTarget target, long seed, AtomicReference<Simulation> simulation) {
    Specs.Overrides overrides = new Specs.Overrides(loadMs, List.of());
    RunRequest request =
        new RunRequest(
            claim.name(experiment) + "_" + seed,
            Specs.of(claim, experiment, target, Targets.DEFAULT_CLIENT, seed, overrides),
            experiment,
            claim.sentence());
    RunHouse house = new RunHouse(target, null);
    long startNs = System.nanoTime();
    RunResult result = house.run(request);
    long wallNs = System.nanoTime() - startNs;
    boolean last = seed == warmUpRuns + measuredRuns;
    long liveBytes = last ? HeapUse.liveBytes() : 0;
    Simulation held = simulation.getAndSet(null);
    return Sample.of(result, held.eventsFired() + held.strandSteps(), wallNs, liveBytes);
  }
}
