package dev.trial.app.claim;

import dev.trial.core.run.RunSpec;

/** Finds the claim and the experiment that a stored spec belongs to. */
public final class Experiments {

  private Experiments() {}

  /** The claim of a spec; a free run's is made anew. */
  public static Claim claimOf(RunSpec spec) {
    String id = spec.claim() == null ? FreeRun.ID : spec.claim().split("/", 2)[0];
    return id.equals(FreeRun.ID) ? FreeRun.held(spec) : NamedClaims.of(id);
  }

  /** The experiment of a spec. */
  public static Experiment of(RunSpec spec) {
    int slash = spec.claim() == null ? -1 : spec.claim().indexOf('/');
    String half = slash < 0 ? "" : spec.claim().substring(slash + 1);
    return NamedClaims.half(claimOf(spec), half);
  }
}
