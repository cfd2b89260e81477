package dev.trial.sim.realm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.sim.world.Simulation;
import dev.trial.sim.world.SimulationOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Monitors of strands, whatever happened to those who held them. */
class MonitorsTest {
  private static final ClassLoader LOADER = MonitorsTest.class.getClassLoader();

  private final Simulation simulation = new Simulation(new SimulationOptions(1));

  @BeforeEach
  void bind() {
    Rt.bind(simulation);
  }

  @AfterEach
  void unbind() {
    Rt.unbind();
  }

  @Test
  void whoWaitsIsWokenOnceAndInsideAgain() {
    Object lock = new Object();
    List<String> seen = new ArrayList<>();
    simulation.execute(
        () -> {
          simulation.spawnProcess("waiter", LOADER, () -> waitFor(lock, seen));
          pause(10);
          Monitors.enter(lock);
          Monitors.enter(lock);
          Monitors.signal(lock);
          pause(10);
          seen.add("signalled");
          Monitors.exit(lock);
          Monitors.exit(lock);
          pause(10);
          assertFalse(Monitors.holdsLock(lock));
        });
    assertEquals(List.of("signalled", "woken"), seen);
  }

  @Test
  void killedWaitersAndOwnersHoldNothingAndAreForgotten() {
    List<Object> locks = new ArrayList<>();
    Object shared = new Object();
    List<String> seen = new ArrayList<>();
    simulation.execute(
        () -> {
          for (int i = 0; i < 100; i++) {
            Object own = new Object();
            locks.add(own);
            simulation.spawnProcess("killed-" + i, LOADER, () -> die(shared, own));
            pause(10);
            simulation.killProcess("killed-" + i);
          }
          simulation.spawnProcess("heir", LOADER, () -> inherit(shared, locks, seen));
          pause(10);
        });
    assertEquals(List.of("all taken"), seen);
  }

  private static void waitFor(Object lock, List<String> seen) {
    Monitors.enter(lock);
    awaitSignal(lock);
    assertTrue(Monitors.holdsLock(lock));
    seen.add("woken");
    Monitors.exit(lock);
  }

  /** Waits for ever in a lock of its own, with another one held. */
  private static void die(Object shared, Object own) {
    Monitors.enter(shared);
    Monitors.enter(own);
    awaitSignal(own);
  }

  private static void inherit(Object shared, List<Object> locks, List<String> seen) {
    Monitors.enter(shared);
    locks.forEach(Monitors::enter);
    locks.forEach(lock -> assertTrue(Monitors.holdsLock(lock)));
    locks.forEach(Monitors::exit);
    locks.forEach(lock -> assertFalse(Monitors.holdsLock(lock)));
    Monitors.exit(shared);
    seen.add("all taken");
  }

  private static void awaitSignal(Object lock) {
    try {
      Monitors.await(lock);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void pause(long ms) {
    simulation.park(simulation.nowNs() + ms * 1_000_000);
  }
}
