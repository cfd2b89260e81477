package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Note;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Clients.ClientProcess;
import dev.trial.core.run.Clients.Signal;
import dev.trial.core.run.Parameters;
import dev.trial.sim.client.SimClients;
import dev.trial.sim.realm.ClientJars;
import dev.trial.sim.realm.RealmPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real transactional clients of several versions against the reference cluster, simulated. */
class TransactionalClientsTest {
  private static final RealmPool POOL = new RealmPool(new ClientJars(), null, List.of());
  private static final String PROGRAM = "dev.trial.workloads.brokertest.TransactionScripts";
  private static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("offsets.topic.num.partitions", 3)
          .broker("transaction.state.log.num.partitions", 3)
          .broker("group.initial.rebalance.delay.ms", 0)
          .broker("broker.session.timeout.ms", 3_000)
          .broker("broker.heartbeat.interval.ms", 500)
          .topic("min.insync.replicas", 2);

  @AfterAll
  static void closePool() {
    POOL.close();
  }

  /** A cluster with client programs on it. */
  private static final class Run implements Recorder {
    final List<String> notes = new ArrayList<>();
    final ClusterTrial trial;
    final SimClients clients;
    private int processes;

    Run(ClusterTrial trial, String version) {
      this.trial = trial;
      this.clients = new SimClients(trial.simulation, POOL, version);
      trial.cluster.createTopics(
          List.of(new TopicSpec("orders", 2, 3, Map.of()), new TopicSpec("out", 1, 3, Map.of())));
    }

    static Run of(long seed, Profile profile, String version, Consumer<Run> body) {
      List<Run> runs = new ArrayList<>();
      ClusterTrial.run(
          seed,
          profile,
          trial -> {
            runs.add(new Run(trial, version));
            body.accept(runs.get(0));
          });
      runs.get(0).clients.close();
      return runs.get(0);
    }

    ClientProcess start(String name, Object... parameters) {
      ClientPlan plan =
          new ClientPlan(
              name, Start.Kind.PRODUCER, PROGRAM, Parameters.of(parameters), Map.of(), 0, true);
      Map<String, String> settings = Map.of("bootstrap.servers", trial.cluster.bootstrapServers());
      return clients.start(plan, processes++, 0, settings, this);
    }

    void awaitEnd(ClientProcess process) {
      assertTrue(
          trial.world.await(300_000, () -> !process.alive()),
          () -> "still running: " + notes + trial.logs);
    }

    List<String> notes(String beginning) {
      return notes.stream()
          .filter(note -> note.startsWith(beginning + " "))
          .map(note -> note.substring(beginning.length() + 1))
          .toList();
    }

    @Override
    public long invoke(int process, Action action) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void complete(int process, long invocation, Stage stage, Action action) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void fact(int process, Action action) {
      if (action instanceof Note note) {
        notes.add(note.text());
      } else if (action instanceof Action.End end && end.error() != null) {
        notes.add("failed " + end.error());
      }
    }
  }

  private static Run script(String script, String version, int transactionVersion) {
    return Run.of(
        1,
        PROFILE.broker("transaction.version", transactionVersion),
        version,
        run -> run.awaitEnd(run.start("p", "script", script)));
  }

  @ParameterizedTest
  @CsvSource({
    "2.8.2,2", "3.0.0,2", "3.9.2,2", "4.3.1,0", "4.3.1,1", "4.3.1,2", "4.4.0,2",
  })
  void whatIsCommittedIsReadAndWhatIsAbortedIsNot(String client, int transactionVersion) {
    Run run = script("basic", client, transactionVersion);
    assertEquals(
        List.of("committed [a, c, b]", "uncommitted [a, x, c, open, b, y]", "committed [a, c, b]"),
        run.notes);
  }

  @ParameterizedTest
  @CsvSource({"2.8.2,2", "3.9.2,2", "4.3.1,1", "4.3.1,2"})
  void aZombieIsFenced(String client, int transactionVersion) {
    Run run = script("zombie", client, transactionVersion);
    assertEquals(List.of("[heir]"), run.notes("committed"), () -> "" + run.notes);
    assertEquals(1, run.notes("the zombie got").size(), () -> "" + run.notes);
  }

  @ParameterizedTest
  @CsvSource({"2.8.2,2", "3.9.2,2", "4.3.1,1", "4.3.1,2"})
  void eachInputIsInTheOutputOnce(String client, int transactionVersion) {
    Run run = script("transform", client, transactionVersion);
    assertEquals(
        List.of("offsets 20", "out 20 distinct 20", "with aborted true"),
        run.notes,
        () -> "" + run.trial.logs);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aTransactionTimesOut(int transactionVersion) {
    Run run =
        Run.of(
            3,
            PROFILE.broker("transaction.version", transactionVersion),
            "4.3.1",
            r -> r.awaitEnd(r.start("p", "script", "hold", "transaction.timeout.ms", "5000")));
    assertEquals(List.of("[]"), run.notes("committed"), () -> "" + run.notes);
    assertEquals(1, run.notes("the commit got").size(), () -> "" + run.notes);
  }

  /** Kills the coordinator and leaders again and again: no transaction is torn, none is lost. */
  @ParameterizedTest
  @CsvSource({
    "1,3.9.2,2",
    "2,4.3.1,2",
    "3,4.3.1,1",
    "4,4.3.1,2",
    "5,2.8.2,0",
    "6,4.3.1,2",
    "7,4.4.0,2",
  })
  void transactionsSurviveFailovers(long seed, String client, int transactionVersion) {
    Run run =
        Run.of(
            seed,
            PROFILE.broker("transaction.version", transactionVersion),
            client,
            TransactionalClientsTest::loopUnderKills);
    assertAllOrNothing(run);
  }

  private static void loopUnderKills(Run run) {
    List<ClientProcess> clients =
        List.of(run.start("a", "script", "loop"), run.start("b", "script", "loop"));
    run.trial.world.sleep(5_000);
    for (int round = 0; round < 6; round++) {
      int broker =
          round % 2 == 0
              ? run.trial.cluster.transactionCoordinator("a").orElse(1)
              : run.trial.cluster.leader(new PartitionId("orders", round / 2 % 2)).orElse(1);
      run.trial.cluster.kill(ClusterShape.brokerName(broker));
      run.trial.world.sleep(4_500);
      run.trial.cluster.start(ClusterShape.brokerName(broker));
      assertTrue(
          run.trial.world.await(60_000, run.trial.cluster::healthy), () -> "" + run.trial.logs);
      run.trial.world.sleep(1_000);
    }
    clients.forEach(client -> run.clients.signal(client, Signal.STOP));
    clients.forEach(run::awaitEnd);
    run.trial.world.sleep(20_000); // what was left open is aborted
    ClientProcess reader = run.start("reader", "script", "read");
    run.awaitEnd(reader);
  }

  private static void assertAllOrNothing(Run run) {
    assertEquals(List.of(), run.notes("unexpected"));
    assertEquals(List.of(), run.notes("failed"));
    Set<String> first = new TreeSet<>(run.notes("in-0"));
    Set<String> second = new TreeSet<>(run.notes("in-1"));
    assertEquals(first.size(), run.notes("in-0").size(), "twice");
    assertEquals(first, second, "torn");
    assertTrue(first.containsAll(run.notes("commit")), "lost");
    assertTrue(run.notes("aborted").stream().noneMatch(first::contains), "aborted but read");
    assertTrue(run.notes("commit").size() > 50, () -> run.notes.size() + " " + run.notes);
  }
}
