package dev.trial.nemesis;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.fault.Fault;
import dev.trial.core.fault.WallClocks;
import java.util.List;
import java.util.function.Supplier;

/** Faults on wall clocks, each under an id of its own so that they overlap and heal one by one. */
final class ClockFaults {
  private static final Runnable NOBODY_SETS_IT = () -> {};

  private final Supplier<WallClocks> clocks;
  private boolean touched;

  /** The cluster's clocks are asked for when a fault needs them: few worlds have any. */
  ClockFaults(Cluster cluster) {
    this.clocks = cluster::clocks;
  }

  Strike strike(int fault, List<String> whom, Fault.OfClock how) {
    String id = "fault-" + fault;
    touched = true;
    Runnable setRight = () -> clocks.get().heal(id);
    return switch (how.kind()) {
      case CLOCK_SKEW -> {
        long offsetMs = ((Fault.ClockSkew) how).offsetMs();
        yield new Strike(whom, null, () -> clocks.get().shift(id, whom, offsetMs), setRight);
      }
      case CLOCK_JUMP -> {
        long offsetMs = ((Fault.ClockJump) how).offsetMs();
        yield new Strike(whom, null, () -> clocks.get().shift(id, whom, offsetMs), NOBODY_SETS_IT);
      }
      case CLOCK_DRIFT -> {
        long ppm = ((Fault.ClockDrift) how).ppm();
        yield new Strike(whom, null, () -> clocks.get().drift(id, whom, ppm), setRight);
      }
      default -> throw new IllegalArgumentException("no fault of a clock: " + how);
    };
  }

  /** Sets every clock right, those that jumped among them. */
  void healAll() {
    if (touched) {
      clocks.get().healAll();
    }
  }
}
