package dev.trial.claims;

import dev.trial.core.run.HalfName;
import dev.trial.core.run.RunSpec;

/** Finds the claim and the experiment that a stored spec belongs to. */
public final class Experiments {

  private Experiments() {}

  /** The claim of a spec; a free run's is made anew. */
  public static Claim claimOf(RunSpec spec) {
    String id = spec.claim() == null ? FreeRun.ID : spec.claim().id();
    return id.equals(FreeRun.ID) ? FreeRun.held(spec) : NamedClaims.of(id);
  }

  /** The experiment of a spec. */
  public static Experiment of(RunSpec spec) {
    HalfName half = spec.claim() == null ? HalfName.ONLY : spec.claim().half();
    return NamedClaims.half(claimOf(spec), half);
  }
}
