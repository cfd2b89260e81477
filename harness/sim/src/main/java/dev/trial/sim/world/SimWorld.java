package dev.trial.sim.world;

import dev.trial.core.world.Clock;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.World;
import java.util.function.BooleanSupplier;

/** The run's own view of the simulation. */
final class SimWorld implements World {
  private static final long LOOK_NS = 10_000_000L;

  private final Simulation simulation;
  private final Clock clock = new VirtualClock();

  SimWorld(Simulation simulation) {
    this.simulation = simulation;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public RandomStream random(String concern) {
    return simulation.random(concern);
  }

  @Override
  public void spawn(String name, Runnable task) {
    simulation.startTask(name, task);
  }

  @Override
  public void sleep(long ms) {
    long untilNs = saturated(ms);
    while (!simulation.park(untilNs)) {
      // an unpark meant for something else does not end a sleep
    }
  }

  @Override
  public boolean await(long timeoutMs, BooleanSupplier condition) {
    if (condition.getAsBoolean()) {
      return true;
    }
    Look look = new Look(condition, (SimStrand) simulation.current(), saturated(timeoutMs));
    look.again();
    while (!look.over) {
      simulation.park(Simulation.FOREVER);
    }
    if (look.broken != null) {
      throw look.broken;
    }
    return look.held;
  }

  private long saturated(long ms) {
    long nowNs = simulation.nowNs();
    return ms > (Simulation.FOREVER - nowNs) / 1_000_000L - 1
        ? Simulation.FOREVER - 1
        : nowNs + ms * 1_000_000L;
  }

  /** Looks at a condition as an event, so that waiting costs no switch of strands. */
  private final class Look extends Event {
    private final BooleanSupplier condition;
    private final SimStrand waiter;
    private final long deadlineNs;
    private boolean held;
    private boolean over;
    private RuntimeException broken;

    Look(BooleanSupplier condition, SimStrand waiter, long deadlineNs) {
      this.condition = condition;
      this.waiter = waiter;
      this.deadlineNs = deadlineNs;
    }

    void again() {
      simulation.scheduler().at(Math.min(deadlineNs, simulation.nowNs() + LOOK_NS), this);
    }

    @Override
    void fire() {
      try {
        held = condition.getAsBoolean();
        over = held || simulation.nowNs() >= deadlineNs;
      } catch (RuntimeException thrown) {
        broken = thrown;
        over = true;
      }
      if (over) {
        simulation.unpark(waiter);
      } else {
        again();
      }
    }

    @Override
    TraceKind kind() {
      return TraceKind.CHECK;
    }

    @Override
    int party() {
      return -1;
    }
  }

  /** Virtual time: no fault touches the clock of the run. */
  private final class VirtualClock implements Clock {
    @Override
    public long nanos() {
      return simulation.nowNs();
    }

    @Override
    public long epochMs() {
      return simulation.epochMs(null);
    }
  }
}
