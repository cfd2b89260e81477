package dev.trial.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeterminismTest {

  @Test
  void theSameSeedGivesTheSameTrace() {
    for (long seed = 0; seed < 10; seed++) {
      assertEquals(run(new SimulationOptions(seed), 100), run(new SimulationOptions(seed), 100));
    }
  }

  @Test
  void anotherSeedGivesAnotherTrace() {
    assertNotEquals(run(new SimulationOptions(1), 100), run(new SimulationOptions(2), 100));
  }

  @Test
  void oneMillisecondChangesTheTrace() {
    assertNotEquals(run(new SimulationOptions(1), 100), run(new SimulationOptions(1), 101));
  }

  @Test
  void whatIsRecordedIsPartOfTheTrace() {
    Simulation one = new Simulation(new SimulationOptions(1));
    one.execute(() -> one.trace("send", 1, 2));
    Simulation other = new Simulation(new SimulationOptions(1));
    other.execute(() -> other.trace("send", 1, 3));
    assertNotEquals(one.traceHash(), other.traceHash());
  }

  @Test
  void simulationsMayRunSideBySide() throws InterruptedException {
    String expected = run(new SimulationOptions(5), 100);
    List<String> hashes = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                String hash = run(new SimulationOptions(5), 100);
                synchronized (hashes) {
                  hashes.add(hash);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(expected, expected, expected, expected), hashes);
  }

  @Test
  void prefixesFindTheFirstEntryThatDiverged() {
    Simulation one = traffic(new SimulationOptions(1).withPrefixes(), 100);
    Simulation same = traffic(new SimulationOptions(1).withPrefixes(), 100);
    Simulation other = traffic(new SimulationOptions(1).withPrefixes(), 101);
    int[] prefixes = one.trace().prefixes();
    assertEquals(-1, Trace.firstDifference(prefixes, same.trace().prefixes()));
    long entry = Trace.firstDifference(prefixes, other.trace().prefixes());
    assertTrue(entry > 0 && entry < prefixes.length);
    TraceProbe probe = TraceProbe.around(entry);
    traffic(new SimulationOptions(1).with(probe), 100);
    List<String> lines = probe.lines();
    assertFalse(lines.isEmpty());
    assertTrue(lines.get(lines.size() - 1).startsWith("#" + entry + " "), lines.toString());
  }

  /** The carriers must agree; the constants pin the trace across JVMs and versions of Java. */
  @Test
  void bothCarriersGiveTheSameTrace() {
    String threads = run(new SimulationOptions(9).with(SimulationOptions.Carrier.THREADS), 100);
    assertEquals(threads, run(new SimulationOptions(9), 100));
    assertEquals("b5107bc2d8d3ffe62e1a25f4958488c4", threads);
  }

  private static String run(SimulationOptions options, long timerMs) {
    return traffic(options, timerMs).traceHash();
  }

  /** Two clients talk to a machine that has a timer, with a cut and a kill on the way. */
  static Simulation traffic(SimulationOptions options, long timerMs) {
    Simulation simulation = new Simulation(options);
    simulation.execute(
        () -> {
          simulation
              .machines()
              .machine("broker-1")
              .boot(
                  host -> {
                    host.timers().after(timerMs, () -> host.log("tick"));
                    return new EchoNode(host, true);
                  });
          for (String name : List.of("a", "b")) {
            simulation.spawnProcess(
                name, DeterminismTest.class.getClassLoader(), () -> talk(simulation));
          }
          simulation.world().sleep(50);
          simulation.machines().links().cut("c", List.of("a"), List.of("broker-1"));
          simulation.world().sleep(50);
          simulation.machines().links().healAll();
          simulation.killProcess("b");
          simulation.world().sleep(100);
        });
    return simulation;
  }

  private static void talk(Simulation simulation) {
    TestClient client = new TestClient();
    client.socket = simulation.connect("broker-1", 9092, client);
    while (true) {
      byte[] bytes = new byte[1 + simulation.entropy().nextInt(100)];
      client.write(bytes);
      simulation.park(simulation.nowNs() + 1_000_000L + simulation.entropy().nextInt(1_000_000));
    }
  }
}
