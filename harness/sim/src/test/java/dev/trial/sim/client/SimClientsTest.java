package dev.trial.sim.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Clients.ClientProcess;
import dev.trial.core.run.Clients.Signal;
import dev.trial.core.run.Parameters;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;
import dev.trial.sim.realm.ClientJars;
import dev.trial.sim.realm.Realm;
import dev.trial.sim.realm.RealmPool;
import dev.trial.sim.realm.ToyBroker;
import dev.trial.sim.world.Simulation;
import dev.trial.sim.world.SimulationListener;
import dev.trial.sim.world.SimulationOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Client processes on the simulated world: how they start, live and end. */
class SimClientsTest {
  private static final RealmPool POOL = new RealmPool(new ClientJars(), null, List.of());
  private static final String PROGRAM = "dev.trial.workloads.realmtest.Worker";

  @AfterAll
  static void closePool() {
    POOL.close();
  }

  /** One run: the script drives it, the rest is noted. */
  private static final class Run implements Recorder, SimulationListener {
    final List<String> facts = new ArrayList<>();
    final List<String> oracles = new ArrayList<>();
    final Simulation simulation;
    final ToyBroker broker = new ToyBroker();
    final SimClients clients;

    Run(long seed, String version) {
      simulation = new Simulation(new SimulationOptions(seed));
      simulation.listener(this);
      clients = new SimClients(simulation, POOL, version);
    }

    interface Script {
      void run(Run run);
    }

    Run execute(Script script) {
      simulation.execute(
          () -> {
            simulation.machines().machine("broker-1").boot(this::serve);
            script.run(this);
          });
      clients.close();
      assertEquals(List.of(), oracles);
      return this;
    }

    private Host serve(Host host) {
      broker.attach((delayMs, action) -> host.timers().after(delayMs, action));
      host.network().listen(9092, (connection, remote) -> new Frames(connection, broker));
      return host;
    }

    ClientProcess start(int process, Object... parameters) {
      ClientPlan plan =
          new ClientPlan(
              "p1", Start.Kind.PRODUCER, PROGRAM, Parameters.of(parameters), Map.of(), 0, true);
      Map<String, String> settings = Map.of("bootstrap.servers", "broker-1:9092");
      return clients.start(plan, process, process, settings, this);
    }

    void sleep(long ms) {
      simulation.world().sleep(ms);
    }

    void awaitEnd(ClientProcess process) {
      assertTrue(simulation.world().await(30_000, () -> !process.alive()));
    }

    @Override
    public long invoke(int process, Action action) {
      return facts.size();
    }

    @Override
    public void complete(int process, long invocation, Stage stage, Action action) {}

    @Override
    public void fact(int process, Action action) {
      if (action instanceof End end) {
        facts.add(process + " " + end.how() + (end.error() == null ? "" : " " + end.error()));
      } else {
        facts.add(process + " " + action.name());
      }
      simulation.trace(action.name(), process, 0);
    }

    @Override
    public void oracle(String party, String oracle, String detail) {
      oracles.add(party + " " + oracle + " " + detail);
    }
  }

  /** Loading and compiling client code costs more than a run: each run must give its realm back. */
  @Test
  void theNextRunGetsTheRealmOfTheLast() {
    ClassLoader[] contexts = new ClassLoader[2];
    for (int i = 0; i < contexts.length; i++) {
      new Run(i + 1, "4.3.1").execute(run -> run.start(1));
      Realm idle = POOL.borrow("4.3.1");
      contexts[i] = idle;
      POOL.giveBack("4.3.1", idle);
    }
    assertSame(contexts[0], contexts[1]);
  }

  /** Cuts a connection's bytes into requests. */
  private static final class Frames implements ConnectionListener {
    private final Connection connection;
    private final ToyBroker broker;
    private byte[] left = {};

    Frames(Connection connection, ToyBroker broker) {
      this.connection = connection;
      this.broker = broker;
    }

    @Override
    public void connected() {}

    @Override
    public void received(byte[] bytes) {
      byte[] all = Arrays.copyOf(left, left.length + bytes.length);
      System.arraycopy(bytes, 0, all, left.length, bytes.length);
      ByteBuffer buffer = ByteBuffer.wrap(all);
      while (buffer.remaining() >= 4
          && buffer.remaining() - 4 >= buffer.getInt(buffer.position())) {
        byte[] frame = new byte[buffer.getInt()];
        buffer.get(frame);
        broker.handle(ByteBuffer.wrap(frame), this::answer);
      }
      left = Arrays.copyOfRange(all, buffer.position(), all.length);
    }

    private void answer(ByteBuffer answer) {
      byte[] framed = new byte[answer.remaining() + 4];
      ByteBuffer.wrap(framed).putInt(answer.remaining()).put(answer);
      connection.write(framed);
    }

    @Override
    public void closed() {}
  }

  private static void stopAfterASecond(Run run) {
    ClientProcess process = run.start(1);
    run.sleep(1_000);
    run.clients.signal(process, Signal.STOP);
    run.awaitEnd(process);
  }

  @Test
  void aProcessRunsUntilToldToStop() {
    Run run = new Run(1, "4.3.1").execute(SimClientsTest::stopAfterASecond);
    assertEquals(List.of("1 start", "1 note", "1 CLOSED"), run.facts);
    assertTrue(run.broker.appended() > 15, "appended " + run.broker.appended());
  }

  @Test
  void theSameSeedGivesTheSameTraceWhateverRanInTheRealmBefore() {
    String first =
        new Run(5, "4.3.1").execute(SimClientsTest::stopAfterASecond).simulation.traceHash();
    String other =
        new Run(6, "4.3.1").execute(SimClientsTest::stopAfterASecond).simulation.traceHash();
    String again =
        new Run(5, "4.3.1").execute(SimClientsTest::stopAfterASecond).simulation.traceHash();
    assertEquals(first, again);
    assertNotEquals(first, other);
  }

  @Test
  void runsInSeveralThreadsDoNotDisturbEachOther() {
    String alone =
        new Run(7, "4.3.1").execute(SimClientsTest::stopAfterASecond).simulation.traceHash();
    List<CompletableFuture<String>> beside = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      beside.add(
          CompletableFuture.supplyAsync(
              () ->
                  new Run(7, "4.3.1")
                      .execute(SimClientsTest::stopAfterASecond)
                      .simulation
                      .traceHash()));
    }
    beside.forEach(run -> assertEquals(alone, run.join()));
  }

  @Test
  void aKilledProcessIsGoneAndItsNextIncarnationRuns() {
    Run run =
        new Run(2, "2.8.2")
            .execute(
                r -> {
                  ClientProcess first = r.start(1);
                  r.sleep(500);
                  r.clients.kill(first);
                  assertFalse(first.alive());
                  r.sleep(100);
                  long appended = r.broker.appended();
                  r.sleep(2_000);
                  assertEquals(appended, r.broker.appended());
                  ClientProcess second = r.start(2);
                  r.sleep(500);
                  assertTrue(r.broker.appended() > appended);
                  r.clients.signal(second, Signal.CLOSE);
                  r.awaitEnd(second);
                });
    assertEquals(List.of("1 start", "1 CRASHED", "2 start", "2 note", "2 CLOSED"), run.facts);
  }

  @Test
  void aPausedProcessStandsStill() {
    new Run(3, "4.3.1")
        .execute(
            r -> {
              ClientProcess process = r.start(1);
              r.sleep(500);
              r.clients.pause(process);
              r.sleep(50);
              long appended = r.broker.appended();
              r.sleep(2_000);
              assertEquals(appended, r.broker.appended());
              r.clients.resume(process);
              r.sleep(500);
              assertTrue(r.broker.appended() > appended);
              r.clients.kill(process);
            });
  }

  @Test
  void whatAProgramDoesNotExpectIsItsEnd() {
    Run run =
        new Run(4, "4.3.1")
            .execute(
                r -> {
                  ClientProcess process = r.start(1, "fail", true);
                  r.awaitEnd(process);
                });
    assertEquals(
        List.of("1 start", "1 FAILED java.lang.IllegalStateException: asked to fail"), run.facts);
  }

  @Test
  void clientsLeftOpenDieWithTheirProcess() {
    new Run(9, "4.3.1")
        .execute(
            r -> {
              ClientProcess process = r.start(1, "leave", true);
              r.sleep(500);
              r.clients.signal(process, Signal.STOP);
              r.awaitEnd(process);
              r.sleep(10);
              assertFalse(r.simulation.processAlive("p1"));
            });
  }
}
