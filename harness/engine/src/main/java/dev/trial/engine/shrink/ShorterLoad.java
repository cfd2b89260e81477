package dev.trial.engine.shrink;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.run.RunSpec;
import java.util.ArrayList;
import java.util.List;

/** A shorter load: faults come sooner, or the load ends sooner behind the last of them. */
record ShorterLoad() implements Reduction {
  private static final long LEAST_MS = 500;
  private static final long[] PARTS = {16, 8, 4, 2};

  @Override
  public String what() {
    return "length of the load";
  }

  @Override
  public List<RunSpec> of(RunSpec spec) {
    List<RunSpec> smaller = new ArrayList<>();
    long firstMs = spec.faults().stream().mapToLong(ScheduledFault::atMs).min().orElse(0);
    for (long part : PARTS) {
      sooner(smaller, spec, firstMs - firstMs / part);
    }
    for (long part : PARTS) {
      shorter(smaller, spec, spec.loadMs() / part);
    }
    shorter(smaller, spec, spec.loadMs() * 3 / 4);
    shorter(smaller, spec, spec.loadMs() * 7 / 8);
    return smaller;
  }

  private static void sooner(List<RunSpec> smaller, RunSpec spec, long byMs) {
    if (byMs >= LEAST_MS && spec.loadMs() - byMs >= LEAST_MS) {
      List<ScheduledFault> faults =
          spec.faults().stream()
              .map(
                  each ->
                      new ScheduledFault(
                          each.atMs() - byMs, each.lengthMs(), each.fault(), each.whom()))
              .toList();
      smaller.add(spec.withFaults(faults).withLoadMs(spec.loadMs() - byMs));
    }
  }

  /** A fault that would come behind the end is left out, one that would end there ends then. */
  private static void shorter(List<RunSpec> smaller, RunSpec spec, long loadMs) {
    if (loadMs < LEAST_MS) {
      return;
    }
    List<ScheduledFault> faults = new ArrayList<>();
    for (ScheduledFault each : spec.faults()) {
      if (each.atMs() < loadMs) {
        long lengthMs = Math.min(each.lengthMs(), loadMs - each.atMs());
        faults.add(new ScheduledFault(each.atMs(), lengthMs, each.fault(), each.whom()));
      }
    }
    smaller.add(spec.withFaults(faults).withLoadMs(loadMs));
  }
}
