package dev.trial.app.claim;

import dev.trial.app.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.run.RunSpec;

/** Finds the claim and the experiment that a stored spec belongs to. */
public final class Experiments {

  private Experiments() {}

  /** The claim of a spec; a free run's is made anew. */
  public static Claim claimOf(RunSpec spec) {
    String id = spec.claim() == null ? FreeRun.ID : spec.claim().split("/", 2)[0];
    if (id.equals(FreeRun.ID)) {
      return FreeRun.held(spec);
    }
    Claim claim = Claims.all().get(id);
    if (claim == null) {
      throw new UsageException(Nearest.explain("claim", id, Claims.all().keySet()));
    }
    return claim;
  }

  /** The experiment of a spec. */
  public static Experiment of(RunSpec spec) {
    Claim claim = claimOf(spec);
    int slash = spec.claim() == null ? -1 : spec.claim().indexOf('/');
    String half = slash < 0 ? "" : spec.claim().substring(slash + 1);
    return claim.halves().stream()
        .filter(experiment -> experiment.half().equals(half))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    Nearest.explain(
                        "half of " + claim.id(),
                        half,
                        claim.halves().stream().map(Experiment::half).toList())));
  }
}
