package dev.trial.engine.shrink;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.run.RunSpec;
import java.util.ArrayList;
import java.util.List;

/** Each fault over sooner. */
record ShorterFaults() implements Reduction {
  private static final long LEAST_MS = 100;

  @Override
  public String what() {
    return "lengths of faults";
  }

  @Override
  public List<RunSpec> of(RunSpec spec) {
    List<RunSpec> smaller = new ArrayList<>();
    for (int i = 0; i < spec.faults().size(); i++) {
      ScheduledFault fault = spec.faults().get(i);
      for (long part : new long[] {8, 4, 2}) {
        long lengthMs = fault.lengthMs() / part;
        if (lengthMs >= LEAST_MS) {
          smaller.add(with(spec, i, lengthMs));
        }
      }
    }
    return smaller;
  }

  private static RunSpec with(RunSpec spec, int index, long lengthMs) {
    List<ScheduledFault> faults = new ArrayList<>(spec.faults());
    ScheduledFault fault = faults.get(index);
    faults.set(index, new ScheduledFault(fault.atMs(), lengthMs, fault.fault(), fault.whom()));
    return spec.withFaults(faults);
  }
}
