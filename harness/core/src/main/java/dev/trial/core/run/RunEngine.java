package dev.trial.core.run;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.run.Clients.Signal;
import dev.trial.core.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Takes one run through its phases: set up, load under faults, heal, prove liveness, final read by
 * a fresh reader, dump of every replica. The same code in every world.
 */
public final class RunEngine {
  private final RunSpec spec;
  private final Workload.Plan plan;
  private final World world;
  private final Cluster cluster;
  private final ClientFleet fleet;
  private final Nemesis nemesis;
  private final RunRecorder recorder;
  private final PhaseTimes times;

  /** The nemesis must drive the same cluster and fleet. */
  public RunEngine(
      RunSpec spec,
      Workload.Plan plan,
      Environment environment,
      ClientFleet fleet,
      Nemesis nemesis,
      RunRecorder recorder,
      PhaseTimes times) {
    this.spec = spec;
    this.plan = plan;
    this.world = environment.world();
    this.cluster = environment.cluster();
    this.fleet = fleet;
    this.nemesis = nemesis;
    this.recorder = recorder;
    this.times = times;
  }

  /** Runs all phases; to be called as the main task of the world. */
  public void run() {
    setUp();
    load();
    heal();
    proveLiveness();
    readEverything();
    dump();
    enter(Phase.Name.DONE);
  }

  private void setUp() {
    enter(Phase.Name.SET_UP);
    cluster.start();
    cluster.createTopics(plan.topics());
  }

  private void load() {
    enter(Phase.Name.LOAD);
    long startMs = world.clock().millis();
    List<ClientPlan> inOrder = new ArrayList<>(plan.clients());
    inOrder.sort(Comparator.comparingLong(ClientPlan::startAtMs));
    world.spawn("client-starts", () -> startClients(inOrder, startMs));
    if (times.atWorkMs() > 0) {
      long atOnce = inOrder.stream().filter(client -> client.startAtMs() == 0).count();
      world.await(times.atWorkMs(), () -> recorder.atWork() >= atOnce);
    }
    nemesis.run(spec.faults(), spec.loadMs());
  }

  private void startClients(List<ClientPlan> inOrder, long startMs) {
    for (ClientPlan client : inOrder) {
      sleepUntil(startMs + Math.min(client.startAtMs(), spec.loadMs()));
      fleet.start(client);
    }
  }

  private void heal() {
    enter(Phase.Name.HEAL);
    nemesis.healAll();
    if (!world.await(times.healMs(), cluster::healthy)) {
      unsettled("the cluster was not healthy again within " + times.healMs() + " ms");
    }
  }

  private void proveLiveness() {
    enter(Phase.Name.LIVENESS);
    world.sleep(times.proofMs());
    fleet.signal(Signal.STOP, client -> true);
    if (!world.await(times.finishMs(), () -> fleet.alive(RunEngine::sends).isEmpty())) {
      unsettled(
          "still sending after " + times.finishMs() + " ms: " + fleet.alive(RunEngine::sends));
    }
    if (!world.await(times.joinMs(), this::drained) && !world.await(times.drainMs(), this::idle)) {
      unsettled("records were still being delivered after " + times.drainMs() + " ms");
    }
    fleet.signal(Signal.CLOSE, client -> true);
    if (!world.await(times.closeMs(), () -> fleet.alive(client -> true).isEmpty())) {
      unsettled("not closed after " + times.closeMs() + " ms: " + fleet.alive(client -> true));
      fleet.killAll();
    }
  }

  private boolean drained() {
    return recorder.assigned(times.evictMs()) && idle();
  }

  private boolean idle() {
    return recorder.idle(times.quietMs());
  }

  private void readEverything() {
    enter(Phase.Name.FINAL_READ);
    ClientPlan reader = FinalReader.of(spec, plan);
    fleet.startLate(reader);
    if (!world.await(times.readMs(), () -> fleet.alive(client -> client == reader).isEmpty())) {
      unsettled("the final read was not complete after " + times.readMs() + " ms");
      fleet.killAll();
    }
  }

  private void dump() {
    enter(Phase.Name.DUMP);
    List<PartitionId> partitions = new ArrayList<>();
    for (TopicSpec topic : plan.topics()) {
      for (int partition = 0; partition < cluster.partitionCount(topic); partition++) {
        partitions.add(new PartitionId(topic.name(), partition));
      }
    }
    for (Action.ReplicaLog log : cluster.dump(partitions)) {
      recorder.fact(Operation.HARNESS, log);
    }
  }

  private static boolean sends(ClientPlan client) {
    return client.kind() == Kind.PRODUCER;
  }

  private void sleepUntil(long atMs) {
    long leftMs = atMs - world.clock().millis();
    if (leftMs > 0) {
      world.sleep(leftMs);
    }
  }

  private void enter(Phase.Name phase) {
    recorder.fact(Operation.HARNESS, new Phase(phase));
  }

  private void unsettled(String what) {
    recorder.fact(Operation.HARNESS, new Action.Oracle(Action.Oracle.UNSETTLED, "run", what));
  }
}
