package dev.trial.core.run;

import dev.trial.core.fault.ScheduledFault;
import java.util.List;

/** Carries out a fault schedule on the cluster and the clients of one run. */
public interface Nemesis {

  /** Starts the schedule now; returns at once. */
  void unleash(List<ScheduledFault> schedule);

  /** Ends every fault, starts every node that is down, forgets what was still to come. */
  void healAll();
}
