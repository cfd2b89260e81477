package dev.trial.engine.shrink;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.run.RunSpec;
import java.util.ArrayList;
import java.util.List;

/** Times that a person can keep in mind: whole seconds, or tenths of one. */
record RounderTimes() implements Reduction {

  @Override
  public String what() {
    return "digits of times";
  }

  @Override
  public boolean nudged() {
    return false;
  }

  @Override
  public List<RunSpec> of(RunSpec spec) {
    List<RunSpec> rounder = new ArrayList<>();
    for (long unitMs : new long[] {1_000, 500, 100}) {
      RunSpec rounded = rounded(spec, unitMs);
      if (roundness(rounded) > roundness(spec)) {
        rounder.add(rounded);
      }
    }
    return rounder;
  }

  private static RunSpec rounded(RunSpec spec, long unitMs) {
    List<ScheduledFault> faults =
        spec.faults().stream()
            .map(
                each ->
                    new ScheduledFault(
                        round(each.atMs(), unitMs),
                        round(each.lengthMs(), unitMs),
                        each.fault(),
                        each.whom()))
            .toList();
    return spec.withFaults(faults).withLoadMs(Math.max(unitMs, round(spec.loadMs(), unitMs)));
  }

  private static long round(long ms, long unitMs) {
    return (ms + unitMs / 2) / unitMs * unitMs;
  }

  /**
   * How many noughts the times of a spec end in: a rounded one that is rounded again is no news.
   */
  private static int roundness(RunSpec spec) {
    int noughts = noughts(spec.loadMs());
    for (ScheduledFault each : spec.faults()) {
      noughts += noughts(each.atMs()) + noughts(each.lengthMs());
    }
    return noughts;
  }

  private static int noughts(long ms) {
    return ms % 1_000 == 0 ? 4 : ms % 500 == 0 ? 3 : ms % 100 == 0 ? 2 : 0;
  }
}
