package dev.trial.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.fault.WallClocks;
import dev.trial.core.world.Clock;
import dev.trial.core.world.Machine;
import dev.trial.core.world.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A wall clock that is wrong is wrong for its party alone, and time spans stay what they are. */
class WallClockTest {
  private static final List<String> ONE = List.of("broker-1");

  private final Simulation simulation = new Simulation(new SimulationOptions(7));
  private final World world = simulation.world();
  private final WallClocks clocks = simulation.machines().clocks();
  private Clock one;
  private Clock two;

  private void run(Runnable then) {
    simulation.execute(
        () -> {
          one = clockOf("broker-1");
          two = clockOf("broker-2");
          then.run();
        });
  }

  private Clock clockOf(String machine) {
    Machine booted = simulation.machines().machine(machine);
    return booted.boot(host -> host).clock();
  }

  private long wrongMs(Clock clock) {
    return clock.epochMs() - world.clock().epochMs();
  }

  @Test
  void aSkewedClockStampsOtherTimesAndMeasuresTheSame() {
    run(
        () -> {
          clocks.shift("a", ONE, -5_000);
          assertEquals(-5_000, wrongMs(one));
          assertEquals(0, wrongMs(two));
          assertEquals(world.clock().nanos(), one.nanos());
          world.sleep(1_000);
          assertEquals(-5_000, wrongMs(one));
          clocks.heal("a");
          assertEquals(0, wrongMs(one));
        });
  }

  @Test
  void aTimerOfASkewedMachineRunsOnTime() {
    run(
        () -> {
          clocks.shift("a", ONE, 60_000);
          boolean[] fired = new boolean[1];
          Machine machine = simulation.machines().machine("broker-1");
          machine.kill();
          machine.boot(host -> host.timers().after(100, () -> fired[0] = true));
          world.sleep(99);
          assertTrue(!fired[0], "a clock that is ahead makes no timer early");
          world.sleep(2);
          assertTrue(fired[0]);
        });
  }

  @Test
  void aClockThatDriftsGainsWhatItIsSaidTo() {
    run(
        () -> {
          clocks.drift("d", ONE, 50_000);
          world.sleep(2_000);
          assertEquals(100, wrongMs(one));
          clocks.shift("s", ONE, 7);
          assertEquals(107, wrongMs(one), "faults on one clock add up");
          clocks.healAll();
          assertEquals(0, wrongMs(one));
        });
  }

  @Test
  void aClockOutlivesItsProcess() {
    run(
        () -> {
          clocks.shift("a", ONE, 300);
          simulation.machines().machine("broker-1").kill();
          assertEquals(300, wrongMs(clockOf("broker-1")));
        });
  }

  @Test
  void aClientHasAClockOfItsOwn() {
    run(
        () -> {
          clocks.shift("a", List.of("client"), 42);
          long[] seen = new long[1];
          simulation.spawnProcess(
              "client",
              getClass().getClassLoader(),
              () -> seen[0] = simulation.epochMs() - world.clock().epochMs());
          world.sleep(10);
          assertEquals(42, seen[0]);
          assertEquals(
              world.clock().epochMs(), simulation.epochMs(), "the harness has the right one");
        });
  }
}
