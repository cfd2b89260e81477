package dev.trial.claims;

import dev.trial.core.fault.FaultKind;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.Workload;
import java.util.Set;

/**
 * All that a run's promises follow from.
 *
 * @param client version of kafka-clients, whose defaults hold where nobody says
 * @param faults families that may occur
 */
public record Promised(Profile profile, Workload.Plan plan, String client, Set<FaultKind> faults) {

  public Promised {
    faults = Set.copyOf(faults);
  }
}
