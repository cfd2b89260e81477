package dev.trial.app.claim;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.world.RandomStream;
import java.util.List;

/** Makes a fault schedule from a seed's own stream and the length of the load. */
@FunctionalInterface
public interface FaultPlan {

  /** No faults at all. */
  FaultPlan NONE = (random, loadMs) -> List.of();

  List<ScheduledFault> schedule(RandomStream random, long loadMs);
}
