package dev.trial.app.detection;

import dev.trial.app.bench.Stopwatch;
import dev.trial.app.mutant.MutantTrial;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.targets.SimTarget;
import dev.trial.engine.targets.Targets;
import java.util.ArrayList;
import java.util.List;

/**
 * Times how soon defects are seen: from the first run of the claim that is to expose one to the
 * verdict that does, one run at a time, from several first seeds, in a process that has been warmed
 * up by runs without a defect.
 */
public final class DetectionBench {
  /** More seeds than any defect has needed. */
  private static final int RUNS_AT_MOST = 200;

  private static final long SEEDS_APART = 1_000;

  private final List<MutantTrial> trials;
  private final int warmUpRuns;
  private final int starts;

  /** So many runs before anything counts, and so many first seeds for each defect. */
  public DetectionBench(List<MutantTrial> trials, int warmUpRuns, int starts) {
    this.trials = trials;
    this.warmUpRuns = warmUpRuns;
    this.starts = starts;
  }

  /** Runs all of it. */
  public DetectionFigures run() {
    List<Detection> detections = new ArrayList<>();
    try (SimTarget target = Targets.simulation(simulation -> {})) {
      for (int run = 0; run < warmUpRuns; run++) {
        MutantTrial trial = trials.get(run % trials.size());
        new RunHouse(target, null).run(trial.request(target, run, List.of()));
      }
      for (MutantTrial trial : trials) {
        List<FirstSight> sights = new ArrayList<>();
        for (int start = 0; start < starts; start++) {
          sights.add(firstSight(target, trial, 1 + start * SEEDS_APART));
        }
        detections.add(new Detection(trial, sights));
      }
    }
    return DetectionFigures.of(detections, warmUpRuns + " runs without a defect");
  }

  static FirstSight firstSight(SimTarget target, MutantTrial trial, long firstSeed) {
    Stopwatch watch = new Stopwatch();
    List<String> mutants = List.of(trial.defect().id());
    boolean seen = false;
    int runs = 0;
    while (!seen && runs < RUNS_AT_MOST) {
      RunResult result =
          new RunHouse(target, null).run(trial.request(target, firstSeed + runs, mutants));
      seen = !trial.caughtBy(result).isEmpty();
      runs++;
    }
    watch.stop();
    return new FirstSight(seen, runs, watch.lapse());
  }
}
