package dev.trial.core.run;

import dev.trial.core.fault.ScheduledFault;
import java.util.List;

/** Carries out a fault schedule on the cluster and the clients of one run. */
public interface Nemesis {

  /**
   * Carries out what begins or ends within {@code lengthMs} from now, and returns when that time is
   * over.
   */
  void run(List<ScheduledFault> schedule, long lengthMs);

  /** Ends every fault and starts every node that is down. */
  void healAll();
}
