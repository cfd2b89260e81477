package dev.trial.engine.shrink;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.run.RunSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The same smaller run with its faults a little later. Whoever takes something away moves what is
 * left against each other, and a race that was lost by milliseconds is not lost any more: another
 * moment stands for another try, where another seed would be another run.
 */
final class Nudges {
  private static final long[] LATER_MS = {130, 470, 1_090};
  private static final long LOAD_MOST_MS = 20_000;

  private Nudges() {}

  /** Of short runs only: long ones have moments enough, and are dear. */
  static List<RunSpec> of(List<RunSpec> candidates) {
    List<RunSpec> nudged = new ArrayList<>();
    for (long laterMs : LATER_MS) {
      for (RunSpec each : candidates) {
        if (!each.faults().isEmpty() && each.loadMs() <= LOAD_MOST_MS) {
          nudged.add(later(each, laterMs));
        }
      }
    }
    return nudged;
  }

  private static RunSpec later(RunSpec spec, long byMs) {
    List<ScheduledFault> faults =
        spec.faults().stream()
            .map(
                each ->
                    new ScheduledFault(
                        each.atMs() + byMs, each.lengthMs(), each.fault(), each.whom()))
            .toList();
    return spec.withFaults(faults).withLoadMs(spec.loadMs() + byMs);
  }
}
