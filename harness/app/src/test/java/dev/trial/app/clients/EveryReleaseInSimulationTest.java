package dev.trial.app.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.cluster.ReferenceCluster;
import dev.trial.broker.cluster.ReferenceClusterOptions;
import dev.trial.broker.defect.Defects;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Note;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Clients.ClientProcess;
import dev.trial.core.run.Parameters;
import dev.trial.sim.client.SimClients;
import dev.trial.sim.realm.ClientJars;
import dev.trial.sim.realm.RealmPool;
import dev.trial.sim.world.Simulation;
import dev.trial.sim.world.SimulationOptions;
import dev.trial.workloads.clienttest.EverydayProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The last patch of every minor release on one simulated cluster, one after the other. */
class EveryReleaseInSimulationTest {
  private static final long PATIENCE_MS = 120_000;

  private static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("offsets.topic.num.partitions", 3)
          .broker("transaction.state.log.num.partitions", 3)
          .broker("group.initial.rebalance.delay.ms", 0);

  private final Simulation simulation = new Simulation(new SimulationOptions(11));
  private final Map<String, List<String>> seen = new TreeMap<>();
  private final List<String> oracles = new ArrayList<>();
  private String release;

  @Test
  void everydayWorkIsDone() {
    try (RealmPool pool = new RealmPool(new ClientJars(), null, List.of())) {
      SimClients clients = new SimClients(simulation, pool, "4.3.1");
      simulation.execute(() -> runAll(clients));
      clients.close();
    }
    Map<String, List<String>> expected = new TreeMap<>();
    Releases.SIMULATED.forEach(each -> expected.put(each, Releases.expectedNotes(each)));
    assertEquals(expected, seen);
    assertEquals(List.of(), oracles);
  }

  private void runAll(SimClients clients) {
    Recorder recorder = recorder();
    ReferenceCluster cluster =
        new ReferenceCluster(
            new ReferenceClusterOptions(PROFILE, Defects.NONE),
            simulation.world(),
            simulation.machines(),
            recorder);
    simulation.afterEvent(cluster::checkInvariants);
    cluster.start();
    Map<String, String> settings = Map.of("bootstrap.servers", cluster.bootstrapServers());
    for (String each : Releases.SIMULATED) {
      release = each;
      seen.put(release, new ArrayList<>());
      ClientProcess client = clients.start(plan(), seen.size(), 0, settings, recorder);
      boolean ended = simulation.world().await(PATIENCE_MS, () -> !client.alive());
      assertTrue(ended, () -> release + " still runs, having seen " + seen.get(release));
    }
  }

  private ClientPlan plan() {
    Parameters parameters =
        Parameters.of(
            "client.version", release, "server.side", Releases.knowsServerSideGroups(release));
    return new ClientPlan(
        "client-" + release,
        Start.Kind.PRODUCER,
        EverydayProgram.class.getName(),
        parameters,
        Map.of(),
        0,
        true);
  }

  private Recorder recorder() {
    return new Recorder() {
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
          seen.get(release).add(note.text());
        } else if (action instanceof Action.End end && end.error() != null) {
          seen.get(release).add("failed: " + end.error());
        } else if (action instanceof Oracle oracle) {
          oracles.add(release + ": " + oracle.detail());
        }
      }
    };
  }
}
