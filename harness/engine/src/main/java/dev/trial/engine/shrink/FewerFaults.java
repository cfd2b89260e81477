package dev.trial.engine.shrink;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.run.RunSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Faults left out: all, then halves, quarters and so on down to single ones, as in Zeller and
 * Hildebrandt, Simplifying and Isolating Failure-Inducing Input (IEEE TSE 28/2, 2002).
 */
record FewerFaults() implements Reduction {

  @Override
  public String what() {
    return "faults";
  }

  @Override
  public List<RunSpec> of(RunSpec spec) {
    List<RunSpec> smaller = new ArrayList<>();
    int count = spec.faults().size();
    if (count > 0) {
      smaller.add(spec.withFaults(List.of()));
    }
    for (int size = count / 2; size >= 1; size /= 2) {
      for (int from = 0; from < count; from += size) {
        int to = Math.min(from + size, count);
        smaller.add(spec.withFaults(List.copyOf(spec.faults().subList(from, to))));
      }
      for (int from = 0; from < count; from += size) {
        smaller.add(spec.withFaults(without(spec.faults(), from, Math.min(from + size, count))));
      }
    }
    smaller.removeIf(each -> each.faults().size() >= count);
    return smaller;
  }

  private static List<ScheduledFault> without(List<ScheduledFault> faults, int from, int to) {
    List<ScheduledFault> left = new ArrayList<>(faults.subList(0, from));
    left.addAll(faults.subList(to, faults.size()));
    return left;
  }
}
