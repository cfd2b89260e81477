package dev.trial.broker.cluster;

import dev.trial.broker.controller.ControllerNode;
import dev.trial.broker.log.PartitionLog;
import dev.trial.broker.node.BrokerNode;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.NodeServer;
import dev.trial.broker.wire.ServingHost;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import dev.trial.core.payload.PayloadReader;
import dev.trial.core.world.DiskException;
import dev.trial.core.world.Host;
import dev.trial.core.world.Machine;
import dev.trial.core.world.Machines;
import dev.trial.core.world.Network.Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The node processes of a cluster: how they boot, and which of them run. */
final class ClusterNodes {
  private static final int FIRST_CONTROLLER = 101;

  private final ReferenceClusterOptions options;
  private final BrokerSettings settings;
  private final Machines machines;
  private final MetadataObserver observer;
  private final Recorder recorder;
  private final Consumer<String> diskFailed;
  private final Map<Integer, BrokerNode> brokers = new ConcurrentSkipListMap<>();
  private final AtomicInteger brokerChanges = new AtomicInteger();
  private final Map<Integer, ControllerNode> controllers = new ConcurrentSkipListMap<>();

  ClusterNodes(
      ReferenceClusterOptions options,
      Machines machines,
      MetadataObserver observer,
      Recorder recorder,
      Consumer<String> diskFailed) {
    this.diskFailed = diskFailed;
    this.options = options;
    this.settings = options.brokerSettings();
    this.machines = machines;
    this.observer = observer;
    this.recorder = recorder;
  }

  /** All nodes, controllers first. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    voters().forEach(id -> names.add(ClusterShape.controllerName(id)));
    for (int id = 1; id <= options.profile().shape().brokers(); id++) {
      names.add(ClusterShape.brokerName(id));
    }
    return names;
  }

  private List<Integer> voters() {
    List<Integer> voters = new ArrayList<>();
    for (int i = 0; i < options.profile().shape().controllers(); i++) {
      voters.add(FIRST_CONTROLLER + i);
    }
    return voters;
  }

  Optional<Address> controllerAddress(int node) {
    return voters().contains(node)
        ? Optional.of(new Address(ClusterShape.controllerName(node), NodeServer.CONTROLLER_PORT))
        : Optional.empty();
  }

  /** Where an administrator reaches a node. */
  Optional<Address> address(int node) {
    return node < FIRST_CONTROLLER
        ? Optional.of(new Address(ClusterShape.brokerName(node), NodeServer.BROKER_PORT))
        : controllerAddress(node);
  }

  /** The middle of what is committed in a replica's log. */
  long middle(int broker, PartitionId partition) {
    BrokerNode node = brokers.get(broker);
    if (node == null) {
      throw new IllegalStateException("broker " + broker + " does not run");
    }
    return machines
        .machine(ClusterShape.brokerName(broker))
        .observe(
            () -> {
              PartitionLog log = node.replicas().log(partition);
              return (log.startOffset() + log.highWatermark()) / 2;
            });
  }

  /** Running brokers by id. */
  Map<Integer, BrokerNode> brokers() {
    return brokers;
  }

  /** How often a broker's process came or went. */
  int brokerChanges() {
    return brokerChanges.get();
  }

  /** Running controllers by id. */
  Map<Integer, ControllerNode> controllers() {
    return controllers;
  }

  /** Null if that is no running broker. */
  BrokerNode broker(String name) {
    return isBroker(name) ? brokers.get(id(name)) : null;
  }

  /** The number in a broker's machine name. */
  int brokerId(String name) {
    return id(name);
  }

  ControllerNode controller(String name) {
    return controllers.get(id(name));
  }

  private static boolean isBroker(String name) {
    return name.startsWith("broker-");
  }

  private static int id(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  void boot(String name) {
    Machine machine = machines.machine(name);
    int id = id(name);
    if (isBroker(name)) {
      try {
        brokers.put(id, machine.boot(host -> bootBroker(host, id)));
        brokerChanges.incrementAndGet();
      } catch (DiskException unreadable) {
        diskFailed.accept(name);
      }
    } else {
      controllers.put(id, machine.boot(host -> bootController(host, id)));
    }
  }

  private BrokerNode bootBroker(Host real, int id) {
    Host host = serving(new FailStopHost(real, failure -> diskFailed.accept(real.name())));
    BrokerNode node =
        new BrokerNode(
            host,
            id,
            clientAddress(id),
            settings,
            options.defects(),
            voters(),
            this::controllerAddress,
            (which, partition, why) ->
                recorder.fact(
                    Operation.HARNESS,
                    new Action.Oracle(which, host.name(), partition + ": " + why)));
    node.start();
    return node;
  }

  /** A handler's fault costs an answer, and is a finding of the run. */
  private Host serving(Host host) {
    return new ServingHost(
        host,
        what ->
            recorder.fact(
                Operation.HARNESS, new Action.Oracle(Oracle.HANDLER_FAULT, host.name(), what)));
  }

  /** Where clients reach a broker. */
  Address clientAddress(int broker) {
    return machines.clientAddress(ClusterShape.brokerName(broker), NodeServer.BROKER_PORT);
  }

  private ControllerNode bootController(Host host, int id) {
    ControllerNode node =
        new ControllerNode(
            serving(host), id, voters(), settings, options.defects(), this::controllerAddress);
    node.images().listen(observer::changed);
    node.start();
    return node;
  }

  /** True if every running broker's process knows itself to be unfenced. */
  boolean allBrokersServe() {
    for (Map.Entry<Integer, BrokerNode> entry : brokers.entrySet()) {
      Machine machine = machines.machine(ClusterShape.brokerName(entry.getKey()));
      if (!machine.observe(() -> !entry.getValue().fenced())) {
        return false;
      }
    }
    return true;
  }

  /** The process is gone. */
  void forget(String name) {
    if (isBroker(name)) {
      brokers.remove(id(name));
      brokerChanges.incrementAndGet();
    } else {
      controllers.remove(id(name));
    }
  }

  /** One replica's log; empty if the broker does not run or has none. */
  Optional<ReplicaLog> dump(int broker, PartitionId partition, boolean inSync) {
    BrokerNode node = brokers.get(broker);
    if (node == null) {
      return Optional.empty();
    }
    Machine machine = machines.machine(ClusterShape.brokerName(broker));
    ReplicaLog log = machine.observe(() -> node.replicas().dump(partition, ClusterNodes::valueOf));
    return Optional.ofNullable(log).map(found -> marked(found, inSync));
  }

  private static ReplicaLog marked(ReplicaLog log, boolean inSync) {
    return new ReplicaLog(
        log.partition(),
        log.broker(),
        inSync,
        log.logStart(),
        log.highWatermark(),
        log.logEnd(),
        log.epochs(),
        log.records());
  }

  private static long valueOf(ByteBuffer key, ByteBuffer value) {
    return value == null ? Delivered.NO_VALUE : PayloadReader.valueOf(bytes(key), bytes(value));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
