package dev.trial.app.mutant;

import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.Campaign;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.targets.Target;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Runs a mutant until the checker that is meant to catches it from a history, then the clean
 * cluster on the same seeds.
 */
public final class MutantScoring {
  private static final int SEEDS_AT_ONCE = 4;

  private final Target target;
  private final Campaign campaign;
  private final long firstSeed;
  private final long lastSeed;

  /** Seeds from the first to the last are tried, in order. */
  public MutantScoring(Target target, int workers, long firstSeed, long lastSeed) {
    this.target = target;
    this.campaign = new Campaign(target, null, workers, false);
    this.firstSeed = firstSeed;
    this.lastSeed = lastSeed;
  }

  /** The score of one mutant. */
  public MutantScore score(MutantTrial trial) {
    int tried = 0;
    Set<String> besides = new TreeSet<>();
    for (long left = lastSeed - firstSeed + 1; left > 0; left -= SEEDS_AT_ONCE) {
      long from = lastSeed - left + 1;
      long to = from + Math.min(left, SEEDS_AT_ONCE) - 1;
      for (RunResult result : run(trial, from, to, List.of(trial.defect().id()))) {
        tried++;
        List<String> caughtBy = trial.caughtBy(result);
        besides.addAll(trial.besides(result));
        if (!caughtBy.isEmpty()) {
          long seed = result.summary().spec().seed();
          return new MutantScore(
              trial, caughtBy, List.copyOf(besides), seed, tried, cleanFlagged(trial, seed));
        }
      }
    }
    return new MutantScore(
        trial, List.of(), List.copyOf(besides), -1, tried, cleanFlagged(trial, lastSeed));
  }

  private int cleanFlagged(MutantTrial trial, long last) {
    int flagged = 0;
    for (RunResult result : run(trial, firstSeed, last, List.of())) {
      boolean clean = result.summary().outcome() == Outcome.AS_EXPECTED;
      flagged += clean ? 0 : 1;
    }
    return flagged;
  }

  private List<RunResult> run(MutantTrial trial, long from, long to, List<String> mutants) {
    List<RunRequest> requests =
        LongStream.rangeClosed(from, to)
            .mapToObj(seed -> trial.request(target, seed, mutants))
            .toList();
    return campaign.run(requests, result -> {});
  }
}
