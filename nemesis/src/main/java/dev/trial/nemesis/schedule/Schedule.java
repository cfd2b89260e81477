package dev.trial.nemesis.schedule;

import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.world.RandomStream;
import java.util.List;
import java.util.Set;

/**
 * A named generator of fault schedules: a pure function of scene and random stream.
 *
 * <p>What it returns is sorted by start, every fault begins and ends within the load phase, and the
 * last part of the load phase (see {@link Timeline}) is free of faults.
 */
public interface Schedule {

  /** The name that users type and read. */
  String id();

  /** One sentence for the catalogue. */
  String summary();

  /** Every family it may use. */
  Set<FaultKind> families();

  /** The shortest load phase in which it does all it promises, in milliseconds. */
  long loadMsMin(Scene scene);

  /** The schedule of a seed; empty if the load phase is shorter than {@link #loadMsMin}. */
  List<ScheduledFault> generate(Scene scene, RandomStream random);
}
