package dev.trial.engine.shrink;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.History;
import dev.trial.core.run.RunSpec;

/**
 * How much there is to a run for the person who reads it, as one number. A change may make one
 * thing smaller and another larger; only less in all is taken. Operations, and time, count by their
 * order of magnitude: of five thousand, a hundred more or fewer are nothing; of five, one is much.
 */
final class Weight {
  private static final double OF_FAULT = 4;
  private static final double OF_OPERATIONS = 8;
  private static final double OF_CLIENT = 1;
  private static final double OF_LOAD = 2;
  private static final double OF_FAULT_TIME = 0.5;
  private static final double MS_PER_SECOND = 1e3;

  private Weight() {}

  static double of(RunSpec spec, History history) {
    Size size = Size.of(spec, history);
    return OF_FAULT * size.faults()
        + OF_OPERATIONS * magnitude(size.operations())
        + OF_CLIENT * size.clients()
        + size.partitions()
        + size.nodes()
        + OF_LOAD * magnitude(size.loadMs() / MS_PER_SECOND)
        + OF_FAULT_TIME * magnitude(faultMs(spec) / MS_PER_SECOND);
  }

  private static long faultMs(RunSpec spec) {
    return spec.faults().stream().mapToLong(ScheduledFault::lengthMs).sum();
  }

  private static double magnitude(double amount) {
    return StrictMath.log1p(amount) / StrictMath.log(2);
  }
}
