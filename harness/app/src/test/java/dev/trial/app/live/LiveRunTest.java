package dev.trial.app.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.claims.Experiment;
import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClaimName;
import dev.trial.core.run.HalfName;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Vacuity;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole run on real time: forked clients with the workloads' own programs against the reference
 * cluster over TCP and against real Kafka, faults on both sides, and the same frame and checkers as
 * in simulation.
 */
@Timeout(120)
class LiveRunTest {
  private static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("broker.session.timeout.ms", 2_000)
          .broker("broker.heartbeat.interval.ms", 400)
          .topic("min.insync.replicas", 2)
          .consumer("auto.offset.reset", "earliest");

  private static final List<ScheduledFault> FAULTS =
      List.of(
          new ScheduledFault(
              500,
              1_000,
              new Fault.Partition(Fault.Side.BROKERS, Fault.Direction.OUTBOUND),
              new Role.Leader("orders", 1)),
          new ScheduledFault(2_000, 2_000, new Fault.Kill(), new Role.Leader("orders", 0)),
          new ScheduledFault(3_000, 1_500, new Fault.Kill(), new Role.Client("producer-1")),
          new ScheduledFault(4_700, 500, new Fault.Latency(20, 0), new Role.Leader("orders", 0)));

  private static final Set<AnomalyKind> JUDGED =
      Set.of(
          AnomalyKind.LOST_WRITE,
          AnomalyKind.TAIL_LOSS,
          AnomalyKind.DUPLICATE,
          AnomalyKind.PHANTOM,
          AnomalyKind.RESURRECTED,
          AnomalyKind.SEND_REORDER,
          AnomalyKind.SKIPPED_BY_GROUP,
          AnomalyKind.REPLICA_DIVERGENCE,
          AnomalyKind.STUCK_REPLICA);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"reference", "kafka:4.3.1"})
  void acknowledgedRecordsSurviveCrashesOfTheirLeaderAndTheirProducer(String cluster) {
    RunResult result = run(cluster);

    assertEquals("valid", result.summary().verdict(), () -> result.summary().toJson().toString());
    History history = result.history();
    assertEquals(List.of(), unsettled(history));
    assertTrue(
        count(history, each -> each.stage() == Stage.OK && each.action() instanceof Send) > 150);
    assertTrue(
        count(history, each -> each.action() instanceof Poll poll && !poll.records().isEmpty())
            > 10);
    assertEquals(1, count(history, each -> each.action().equals(new End(End.How.CRASHED, null))));
    Set<String> started = new TreeSet<>();
    for (Operation each : history.operations()) {
      if (each.action() instanceof Start start) {
        started.add(start.client() + "#" + start.incarnation());
      }
    }
    assertEquals(
        Set.of(
            "billing-1#0",
            "billing-2#0",
            "final-reader#0",
            "producer-1#0",
            "producer-1#1",
            "producer-2#0"),
        started);
  }

  private static RunSpec spec(String cluster) {
    return new RunSpec(
        ClaimName.of("free"),
        "produce-consume",
        Parameters.of(),
        PROFILE,
        cluster,
        Targets.DEFAULT_CLIENT,
        11,
        6_000,
        FAULTS,
        List.of());
  }

  private RunResult run(String cluster) {
    RunSpec spec = spec(cluster);
    Experiment experiment =
        new Experiment(
            HalfName.ONLY,
            new Expectation.Holds(),
            PROFILE,
            spec.workload(),
            spec.parameters(),
            "none",
            spec.loadMs(),
            JUDGED,
            Map.of(),
            Vacuity.operations(10));
    try (Target target = Targets.open(cluster, spec.client())) {
      return new RunHouse(target, directory)
          .run(new RunRequest("live", spec, experiment, "acknowledged records survive"));
    }
  }

  private static List<String> unsettled(History history) {
    return history.operations().stream()
        .map(Operation::action)
        .filter(Oracle.class::isInstance)
        .map(each -> (Oracle) each)
        .filter(each -> each.oracle().equals(Oracle.UNSETTLED))
        .map(Oracle::detail)
        .toList();
  }

  private static long count(History history, Predicate<Operation> which) {
    return history.operations().stream().filter(which).count();
  }
}
