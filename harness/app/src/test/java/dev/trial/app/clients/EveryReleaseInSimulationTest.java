package dev.trial.app.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Note;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Recorder;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Clients.ClientProcess;
import dev.trial.core.run.Environment;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.targets.SimTarget;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
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

  private static final RunSpec SPEC =
      new RunSpec(
          null,
          "everyday",
          Parameters.of(),
          PROFILE,
          RunSpec.SIMULATION,
          Targets.DEFAULT_CLIENT,
          11,
          0,
          List.of(),
          List.of());

  private final Map<String, List<String>> seen = new TreeMap<>();
  private final List<String> oracles = new ArrayList<>();
  private String release;

  @Test
  void everydayWorkIsDone() {
    try (Target target = new SimTarget(null, options -> options)) {
      Target.Opened opened = target.open(SPEC, this::heard, null);
      try (Environment environment = opened.environment()) {
        environment.execute(() -> runAll(environment, opened.recorder()));
      }
    }
    Map<String, List<String>> expected = new TreeMap<>();
    Releases.SIMULATED.forEach(each -> expected.put(each, Releases.expectedNotes(each)));
    assertEquals(expected, seen);
    assertEquals(List.of(), oracles);
  }

  private void runAll(Environment environment, Recorder recorder) {
    Cluster cluster = environment.cluster();
    cluster.start();
    Map<String, String> settings = Map.of("bootstrap.servers", cluster.bootstrapServers());
    for (String each : Releases.SIMULATED) {
      release = each;
      seen.put(release, new ArrayList<>());
      ClientProcess client =
          environment.clients().start(plan(), seen.size(), 0, settings, recorder);
      boolean ended = environment.world().await(PATIENCE_MS, () -> !client.alive());
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

  private long heard(Operation operation) {
    Action action = operation.action();
    if (action instanceof Oracle oracle) {
      oracles.add(release + ": " + oracle.detail());
    } else if (operation.process() != Operation.HARNESS) {
      told(action);
    }
    return operation.index();
  }

  private void told(Action action) {
    if (action instanceof Note note) {
      seen.get(release).add(note.text());
    } else if (action instanceof Action.End end && end.error() != null) {
      seen.get(release).add("failed: " + end.error());
    }
  }
}
