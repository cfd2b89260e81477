package dev.trial.app.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.targets.FleetFaults;
import dev.trial.broker.cluster.ReferenceCluster;
import dev.trial.broker.cluster.ReferenceClusterOptions;
import dev.trial.broker.defect.Defects;
import dev.trial.checkers.Judge;
import dev.trial.core.cluster.Cluster;
import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Note;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.History;
import dev.trial.core.history.HistoryOrder;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClientFleet;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Clients;
import dev.trial.core.run.Environment;
import dev.trial.core.run.Nemesis;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.PhaseTimes;
import dev.trial.core.run.RunEngine;
import dev.trial.core.run.RunRecorder;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import dev.trial.core.world.RandomStream;
import dev.trial.live.artifact.Artifacts;
import dev.trial.live.client.ForkedClients;
import dev.trial.live.machine.LiveMachines;
import dev.trial.live.process.Launcher;
import dev.trial.live.world.LiveWorld;
import dev.trial.nemesis.NemesisDriver;
import dev.trial.workloads.plan.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run on real time: forked clients with the workloads' own programs, the reference cluster
 * over TCP, faults on both, and the same frame and checkers as in simulation.
 */
@Timeout(120)
class LiveRunTest {
  private static final PhaseTimes TIMES =
      new PhaseTimes(20_000, 1_000, 30_000, 2_000, 20_000, 15_000, 30_000);

  private static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("broker.session.timeout.ms", 2_000)
          .broker("broker.heartbeat.interval.ms", 400)
          .topic("min.insync.replicas", 2)
          .consumer("auto.offset.reset", "earliest");

  private static final RunSpec SPEC =
      new RunSpec(
          null,
          "produce-consume",
          Parameters.of(),
          PROFILE,
          "reference",
          "4.3.1",
          11,
          6_000,
          List.of(
              new ScheduledFault(
                  500,
                  1_000,
                  new Fault.Partition(Fault.Side.BROKERS, Fault.Direction.OUTBOUND),
                  new Role.Leader("orders", 1)),
              new ScheduledFault(2_000, 2_000, new Fault.Kill(), new Role.Leader("orders", 0)),
              new ScheduledFault(3_000, 1_500, new Fault.Kill(), new Role.Client("producer-1"))),
          List.of());

  private static final List<String> CLIENTS =
      List.of("producer-1", "producer-2", "billing-1", "billing-2", "final-reader");

  @TempDir private Path directory;

  private record Live(LiveWorld world, Cluster cluster, Clients clients, Launcher launcher)
      implements Environment {
    @Override
    public void execute(Runnable body) {
      body.run();
    }

    @Override
    public String traceHash() {
      return null;
    }

    @Override
    public void close() {
      clients.close();
      launcher.close();
      cluster.close();
      world.close();
    }
  }

  @Test
  void acknowledgedRecordsSurviveCrashesOfTheirLeaderAndTheirProducer() throws IOException {
    History history = HistoryOrder.byTime(run());

    Verdict verdict = Judge.judge(history, rules());
    assertEquals(Validity.VALID, verdict.validity(), () -> verdict.findings().toString());
    assertEquals(List.of(), notes(history));
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

  private History run() throws IOException {
    Proxies proxies = new Proxies(CLIENTS);
    LiveWorld world = new LiveWorld(SPEC.seed());
    RunRecorder recorder = new RunRecorder(world.clock(), operation -> {});
    LiveMachines machines =
        new LiveMachines(
            directory.resolve("machines"),
            world.clock(),
            proxies.routes(),
            proxies.links(),
            new RandomStream(SPEC.seed()),
            line -> {});
    Cluster cluster =
        new ReferenceCluster(
            new ReferenceClusterOptions(PROFILE, Defects.NONE), world, machines, recorder);
    Launcher launcher = new Launcher(directory.resolve("clients"));
    Artifacts artifacts = new Artifacts();
    Clients clients =
        new ForkedClients(
            launcher,
            directory,
            world.clock(),
            SPEC.seed(),
            SPEC.client(),
            version -> artifacts.jar("org.apache.kafka:kafka-clients:" + version));
    try (proxies;
        machines;
        Environment environment = new Live(world, cluster, clients, launcher)) {
      environment.execute(() -> phases(environment, recorder));
      return recorder.history();
    }
  }

  private static void phases(Environment environment, RunRecorder recorder) {
    Workload.Plan plan =
        Workloads.of(SPEC.workload()).plan(SPEC, environment.world().random("workload"));
    ClientFleet fleet =
        new ClientFleet(
            environment.clients(), recorder, SPEC, environment.cluster().bootstrapServers());
    NemesisDriver driver =
        new NemesisDriver(
            environment.world(),
            environment.cluster(),
            new FleetFaults(fleet, plan.clients().stream().map(ClientPlan::name).toList()),
            recorder);
    Nemesis nemesis =
        new Nemesis() {
          @Override
          public void run(List<ScheduledFault> schedule, long lengthMs) {
            driver.run(schedule, lengthMs);
          }

          @Override
          public void healAll() {
            driver.healAll();
          }
        };
    new RunEngine(SPEC, plan, environment, fleet, nemesis, recorder, TIMES).run();
  }

  private static Rules rules() {
    Set<AnomalyKind> judged =
        Set.of(
            AnomalyKind.LOST_WRITE,
            AnomalyKind.TAIL_LOSS,
            AnomalyKind.DUPLICATE,
            AnomalyKind.PHANTOM,
            AnomalyKind.RESURRECTED,
            AnomalyKind.SEND_REORDER,
            AnomalyKind.SKIPPED_BY_GROUP,
            AnomalyKind.REPLICA_DIVERGENCE);
    return new Rules(-1, 2, true, Set.of("billing"), Map.of("billing", "earliest"), judged, 10);
  }

  /** Remarks of the frame say that a phase took too long. */
  private static List<String> notes(History history) {
    return history.operations().stream()
        .filter(each -> each.process() == Operation.HARNESS && each.action() instanceof Note)
        .map(each -> ((Note) each.action()).text())
        .toList();
  }

  private static long count(History history, Predicate<Operation> which) {
    return history.operations().stream().filter(which).count();
  }
}
