package dev.trial.broker.cluster;

import dev.trial.broker.defect.Defects;
import dev.trial.broker.wire.ApiVersions;
import dev.trial.broker.wire.NodeServer;
import dev.trial.broker.wire.PeerConnections;
import dev.trial.broker.wire.Peers.Reply;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.profile.Profile;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.World;
import dev.trial.sim.world.Simulation;
import dev.trial.sim.world.SimulationListener;
import dev.trial.sim.world.SimulationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/** A reference cluster in simulation, and a client that sends hand-made requests. */
final class ClusterTrial {
  private static final long CALL_TIMEOUT_MS = 5_000;

  final Simulation simulation;
  final World world;
  final ReferenceCluster cluster;
  final List<Action> facts = new ArrayList<>();
  final List<String> logs = new ArrayList<>();
  private Host tester;
  private PeerConnections connections;

  private ClusterTrial(long seed, Profile profile, Defects defects) {
    simulation = new Simulation(new SimulationOptions(seed));
    world = simulation.world();
    simulation.listener(
        new SimulationListener() {
          @Override
          public void hostLog(String machine, String line) {
            logs.add(simulation.nowNs() / 1_000_000 + " " + machine + " " + line);
          }
        });
    cluster =
        new ReferenceCluster(
            new ReferenceClusterOptions(profile, defects),
            world,
            simulation.machines(),
            recorder());
    simulation.afterEvent(cluster::checkInvariants);
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
        facts.add(action);
      }
    };
  }

  /** Starts a cluster, runs the body as the harness, and gives back what is left of it. */
  static ClusterTrial run(long seed, Profile profile, Consumer<ClusterTrial> body) {
    ClusterTrial trial = new ClusterTrial(seed, profile, Defects.NONE);
    trial.simulation.execute(
        () -> {
          trial.cluster.start();
          trial.openTester();
          body.accept(trial);
        });
    return trial;
  }

  private void openTester() {
    tester = simulation.machines().machine("tester").boot(host -> host);
    connections = new PeerConnections(tester, "tester", id -> Optional.of(address(id)));
  }

  /** A connection that sends bytes as they are. */
  RawConnection connect(int node) {
    return new RawConnection(tester, address(node));
  }

  private static Address address(int node) {
    return node <= Profile.DEFAULTS.shape().brokers()
        ? new Address(ClusterShape.brokerName(node), NodeServer.BROKER_PORT)
        : new Address(ClusterShape.controllerName(node), NodeServer.CONTROLLER_PORT);
  }

  /** The node's answer, null if there was none. */
  <T extends ApiMessage> T call(int broker, ApiMessage request, Class<T> type) {
    return call(broker, request, ApiVersions.newest(ApiKeys.forId(request.apiKey())), type);
  }

  /** The node's answer in that version, null if there was none. */
  <T extends ApiMessage> T call(int broker, ApiMessage request, short version, Class<T> type) {
    return type.cast(call(broker, request, version, CALL_TIMEOUT_MS));
  }

  /** The node's answer, waited for as long as it may take. */
  ApiMessage call(int broker, ApiMessage request, long timeoutMs) {
    return call(broker, request, ApiVersions.newest(ApiKeys.forId(request.apiKey())), timeoutMs);
  }

  private ApiMessage call(int broker, ApiMessage request, short version, long timeoutMs) {
    AtomicReference<Optional<ApiMessage>> outcome = new AtomicReference<>();
    connections.call(
        broker,
        request,
        version,
        timeoutMs,
        new Reply() {
          @Override
          public void answered(ApiMessage response) {
            outcome.set(Optional.of(response));
          }

          @Override
          public void failed(String why) {
            outcome.set(Optional.empty());
          }
        });
    world.await(2 * timeoutMs, () -> outcome.get() != null);
    return outcome.get().orElse(null);
  }

  /** Every node loses its power and starts again from its disk. */
  void restartAll() {
    List<String> nodes = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      nodes.add(ClusterShape.brokerName(i));
      nodes.add(ClusterShape.controllerName(100 + i));
    }
    nodes.stream().filter(cluster::running).forEach(cluster::losePower);
    nodes.forEach(cluster::start);
    if (!world.await(60_000, cluster::healthy)) {
      throw new AssertionError("not healthy: " + logs);
    }
  }

  /** Asks again and again until it holds or time is up. */
  boolean eventually(long timeoutMs, BooleanSupplier asked) {
    long untilMs = world.clock().millis() + timeoutMs;
    while (!asked.getAsBoolean()) {
      if (world.clock().millis() > untilMs) {
        return false;
      }
      world.sleep(20);
    }
    return true;
  }

  /** What handlers failed with. */
  List<String> handlerFaults() {
    return facts(Oracle.class).stream()
        .filter(oracle -> oracle.oracle().equals(Oracle.HANDLER_FAULT))
        .map(Oracle::detail)
        .toList();
  }

  /** Facts of one kind, in order. */
  <T extends Action> List<T> facts(Class<T> kind) {
    return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
