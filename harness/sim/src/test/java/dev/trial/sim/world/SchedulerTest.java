package dev.trial.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trial.core.world.Machine;
import dev.trial.sim.kernel.Strand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private static final ClassLoader LOADER = SchedulerTest.class.getClassLoader();
  private final Simulation simulation = new Simulation(new SimulationOptions(3));

  @Test
  void sleepingTakesVirtualTimeOnly() {
    simulation.execute(
        () -> {
          simulation.world().sleep(3_600_000);
          assertEquals(3_600_000, simulation.world().clock().millis());
        });
  }

  @Test
  void aPermitEndsTheNextParkAtOnce() {
    simulation.execute(
        () -> {
          Strand self = simulation.current();
          simulation.unpark(self);
          simulation.unpark(self);
          assertFalse(simulation.park(Simulation.FOREVER));
          assertTrue(simulation.park(simulation.nowNs() + 5_000_000), "permits don't add up");
        });
  }

  @Test
  void unparkCancelsTheDeadline() {
    simulation.execute(
        () -> {
          Strand main = simulation.current();
          simulation.world().spawn("waker", () -> simulation.unpark(main));
          assertFalse(simulation.park(simulation.nowNs() + 60_000_000_000L));
          assertTrue(simulation.nowNs() < 1_000_000_000L);
        });
  }

  @Test
  void joinersAreWokenAtTheEnd() {
    simulation.execute(
        () -> {
          List<String> seen = new ArrayList<>();
          Strand child = simulation.spawn(new Thread("child"), () -> seen.add("child"));
          child.joinedBy(simulation.current());
          while (!child.done()) {
            simulation.park(Simulation.FOREVER);
          }
          assertEquals(List.of("child"), seen);
          assertSame(child, simulation.strandOf(child.thread()));
        });
  }

  @Test
  void everyReadyStrandGetsItsTurn() {
    int[] turns = new int[5];
    simulation.execute(
        () -> {
          for (int i = 0; i < turns.length; i++) {
            int number = i;
            simulation.world().spawn("s" + i, () -> spin(turns, number));
          }
          simulation.world().sleep(100);
        });
    for (int count : turns) {
      assertTrue(count > 200, "a strand starved: " + count);
    }
  }

  private void spin(int[] turns, int number) {
    while (turns[number] < 100_000) {
      turns[number]++;
      simulation.yieldNow();
    }
  }

  @Test
  void readingTheClockForEverIsMadeToPause() {
    simulation.execute(
        () -> {
          long untilNs = simulation.nowNs() + 1_000_000_000L;
          while (simulation.nowNs() < untilNs) {
            simulation.clockRead();
          }
        });
    assertTrue(simulation.strandSteps() < 5_000);
  }

  @Test
  void aDeadlockNamesWhoWaits() {
    SimulationException deadlock =
        assertThrows(
            SimulationException.class,
            () -> simulation.execute(() -> simulation.park(Simulation.FOREVER)));
    assertTrue(deadlock.getMessage().contains("main of harness"), deadlock.getMessage());
  }

  @Test
  void aFailingHarnessStrandEndsTheRunWithItsException() {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                simulation.execute(
                    () -> {
                      simulation.world().spawn("bad", this::fail);
                      simulation.world().sleep(1_000);
                    }));
    assertEquals("boom", thrown.getMessage());
  }

  @Test
  void aFailingNodeEndsTheRunWithItsException() {
    Machine machine = simulation.machines().machine("broker-1");
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                simulation.execute(
                    () -> {
                      machine.boot(host -> host.timers().after(5, this::fail));
                      simulation.world().sleep(1_000);
                    }));
    assertEquals("boom", thrown.getMessage());
  }

  @Test
  void aFailingClientStrandIsToldToTheListener() {
    List<String> told = new ArrayList<>();
    simulation.listener(
        new SimulationListener() {
          @Override
          public void strandFailed(String process, String strand, Throwable failure) {
            told.add(process + "/" + strand + ": " + failure.getMessage());
          }
        });
    simulation.execute(
        () -> {
          simulation.spawnProcess("client", LOADER, this::fail);
          simulation.world().sleep(1);
          assertFalse(simulation.processAlive("client"));
        });
    assertEquals(List.of("client/client: boom"), told);
  }

  private void fail() {
    throw new IllegalStateException("boom");
  }

  @Test
  void timeWithoutEndIsRefused() {
    Simulation limited = new Simulation(new SimulationOptions(3).withLimit(1_000));
    assertThrows(
        SimulationException.class, () -> limited.execute(() -> limited.world().sleep(2_000)));
  }

  @Test
  void awaitSeesWhatEventsChanged() {
    Machine machine = simulation.machines().machine("broker-1");
    boolean[] rang = {false};
    simulation.execute(
        () -> {
          machine.boot(host -> host.timers().after(500, () -> rang[0] = true));
          assertFalse(simulation.world().await(400, () -> rang[0]));
          assertTrue(simulation.world().await(10_000, () -> rang[0]));
          assertTrue(simulation.world().clock().millis() < 520);
        });
  }

  @Test
  void aKilledProcessNeverRunsAgainAndLeavesNoThread() {
    int before = strandThreads();
    int[] turns = {0};
    simulation.execute(
        () -> {
          simulation.spawnProcess("client", LOADER, () -> countTurns(turns));
          simulation.world().sleep(50);
          simulation.killProcess("client");
          int atKill = turns[0];
          assertTrue(atKill > 0);
          simulation.world().sleep(500);
          assertEquals(atKill, turns[0]);
          simulation.spawnProcess("client", LOADER, () -> countTurns(turns));
          simulation.world().sleep(50);
          assertTrue(turns[0] > atKill);
        });
    assertEquals(before, strandThreads());
    assertEquals(0, simulation.abandonedStrands());
  }

  /** Counts for ever and swallows what it can, as client code does. */
  private void countTurns(int[] turns) {
    while (true) {
      try {
        turns[0]++;
        simulation.park(simulation.nowNs() + 1_000_000);
      } catch (RuntimeException swallowed) {
        turns[0] = -1_000_000;
      }
    }
  }

  private static int strandThreads() {
    int count = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      count += thread.getName().startsWith("strand-") ? 1 : 0;
    }
    return count;
  }

  @Test
  void aPausedProcessDoesNotRun() {
    int[] turns = {0};
    simulation.execute(
        () -> {
          simulation.spawnProcess("client", LOADER, () -> countTurns(turns));
          simulation.world().sleep(50);
          simulation.pauseProcess("client");
          int atPause = turns[0];
          simulation.world().sleep(1_000);
          assertEquals(atPause, turns[0]);
          simulation.resumeProcess("client");
          simulation.world().sleep(50);
          assertTrue(turns[0] > atPause);
        });
  }

  @Test
  void killingEndsAPauseToo() {
    int[] turns = {0};
    simulation.execute(
        () -> {
          simulation.spawnProcess("client", LOADER, () -> countTurns(turns));
          simulation.world().sleep(5);
          simulation.pauseProcess("client");
          simulation.killProcess("client");
          assertFalse(simulation.processAlive("client"));
          simulation.spawnProcess("client", LOADER, () -> countTurns(turns));
          int atKill = turns[0];
          simulation.world().sleep(5);
          assertNotEquals(atKill, turns[0]);
        });
  }

  @Test
  void aProcessMayKillItself() {
    simulation.execute(
        () -> {
          simulation.spawnProcess("client", LOADER, () -> simulation.killProcess("client"));
          simulation.world().sleep(5);
          assertFalse(simulation.processAlive("client"));
        });
  }

  @Test
  void codeThatSwallowsItsEndIsPutToSleep() {
    Simulation stubborn =
        new Simulation(new SimulationOptions(3).with(SimulationOptions.Carrier.THREADS));
    stubborn.execute(
        () -> {
          stubborn.spawnProcess("client", LOADER, () -> swallowEverything(stubborn));
          stubborn.world().sleep(5);
        });
    assertEquals(1, stubborn.abandonedStrands());
    simulation.execute(() -> simulation.world().sleep(5));
    assertEquals(0, simulation.abandonedStrands());
  }

  private static void swallowEverything(Simulation simulation) {
    int swallowed = 0;
    while (swallowed >= 0) {
      try {
        simulation.park(simulation.nowNs() + 1_000_000);
      } catch (Throwable everything) {
        swallowed++;
      }
    }
  }

  @Test
  void aStrandThatCannotHandOverSaysWhy() {
    assumeTrue(CarrierContinuations.available());
    Simulation pinned =
        new Simulation(new SimulationOptions(3).with(SimulationOptions.Carrier.CONTINUATIONS));
    SimulationException thrown =
        assertThrows(
            SimulationException.class,
            () ->
                pinned.execute(
                    () -> {
                      pinned.world().spawn("other", () -> pinned.world().sleep(1));
                      initializing = pinned;
                      Pins.touch();
                    }));
    assertTrue(thrown.getMessage().contains("trial.strands=threads"), thrown.getMessage());
  }

  private static Simulation initializing;

  /** A static initializer runs below a native frame, so it can't hand over. */
  private static final class Pins {
    static {
      initializing.world().sleep(5);
    }

    private Pins() {}

    static void touch() {}
  }
}
