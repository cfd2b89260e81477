package dev.trial.broker.cluster;

import dev.trial.broker.controller.ControllerNode;
import dev.trial.broker.group.GroupCoordinator;
import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.node.BrokerNode;
import dev.trial.broker.transaction.TransactionCoordinator;
import dev.trial.core.cluster.Cluster;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.ForcedElection;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.fault.Fault;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.Links;
import dev.trial.core.fault.WallClocks;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Node.Change;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import dev.trial.core.world.DiskFaults;
import dev.trial.core.world.Machine;
import dev.trial.core.world.Machines;
import dev.trial.core.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The reference cluster as a cluster under test. The machines decide whether it lives in simulation
 * or over TCP.
 */
public final class ReferenceCluster implements Cluster {
  private static final long TOPIC_TIMEOUT_MS = 60_000;
  private static final long RESIGN_MS = 5;

  private final ReferenceClusterOptions options;
  private final World world;
  private final Machines machines;
  private final Recorder recorder;
  private final MetadataObserver observer;
  private final ClusterNodes nodes;
  private final InvariantWatch invariants;
  private ClusterAdministration administration;

  /**
   * @param recorder gets elections, node changes and broken invariants
   */
  public ReferenceCluster(
      ReferenceClusterOptions options, World world, Machines machines, Recorder recorder) {
    this.options = options;
    this.world = world;
    this.machines = machines;
    this.recorder = recorder;
    this.observer = new MetadataObserver(recorder);
    this.nodes = new ClusterNodes(options, machines, observer, recorder, this::diskFailed);
    this.invariants = new InvariantWatch(nodes, observer, recorder);
  }

  @Override
  public ClusterShape shape() {
    return options.profile().shape();
  }

  // ---- life

  @Override
  public void start() {
    administration =
        new ClusterAdministration(
            new Administrator(
                world,
                machines.machine(Administrator.MACHINE),
                nodes::address,
                this::activeController));
    nodes.names().forEach(this::start);
    if (!world.await(options.startTimeoutMs(), this::allServing)) {
      throw new IllegalStateException(
          "the cluster was not up within "
              + options.startTimeoutMs()
              + " ms; active controller "
              + activeController()
              + ", brokers "
              + image().brokers());
    }
  }

  /**
   * The controller's word alone is not enough: for the length of a session it holds the last
   * incarnation of a broker to be alive, and refuses the next one.
   */
  private boolean allServing() {
    return activeController().isPresent()
        && unfencedBrokers() == shape().brokers()
        && nodes.allBrokersServe();
  }

  private long unfencedBrokers() {
    return image().brokers().values().stream().filter(broker -> !broker.fenced()).count();
  }

  @Override
  public String bootstrapServers() {
    StringJoiner servers = new StringJoiner(",");
    for (int id = 1; id <= shape().brokers(); id++) {
      servers.add(nodes.clientAddress(id).toString());
    }
    return servers.toString();
  }

  @Override
  public void createTopics(List<TopicSpec> topics) {
    if (topics.isEmpty()) {
      return;
    }
    administration.createTopics(topics, TOPIC_TIMEOUT_MS);
    if (!world.await(TOPIC_TIMEOUT_MS, () -> topics.stream().allMatch(this::complete))) {
      throw new IllegalStateException("topics were created but did not become healthy: " + topics);
    }
  }

  private boolean complete(TopicSpec topic) {
    TopicState state = image().topics().get(topic.name());
    return state != null && healthy(state);
  }

  @Override
  public void close() {
    if (administration != null) {
      administration.end();
    }
    nodes.names().forEach(name -> machines.machine(name).kill());
  }

  // ---- roles

  private MetadataImage image() {
    return observer.newest();
  }

  private Optional<PartitionState> partition(PartitionId id) {
    return image().partition(id);
  }

  @Override
  public OptionalInt leader(PartitionId partition) {
    Optional<PartitionState> found = partition(partition);
    return found.isPresent() && found.get().leader() >= 0
        ? OptionalInt.of(found.get().leader())
        : OptionalInt.empty();
  }

  @Override
  public List<Integer> replicas(PartitionId partition) {
    return partition(partition).map(PartitionState::replicas).orElse(List.of());
  }

  @Override
  public List<Integer> inSyncReplicas(PartitionId partition) {
    return partition(partition).map(PartitionState::inSyncReplicas).orElse(List.of());
  }

  /** Of several that believe to be active, the one in the newest epoch. */
  @Override
  public OptionalInt activeController() {
    int epoch = -1;
    OptionalInt active = OptionalInt.empty();
    for (var entry : nodes.controllers().entrySet()) {
      Machine machine = machines.machine(ClusterShape.controllerName(entry.getKey()));
      ControllerNode node = entry.getValue();
      int own = machine.observe(() -> node.active() ? node.epoch() : -1);
      if (own > epoch) {
        epoch = own;
        active = OptionalInt.of(entry.getKey());
      }
    }
    return active;
  }

  @Override
  public OptionalInt groupCoordinator(String group) {
    return coordinator(GroupCoordinator.TOPIC, group);
  }

  @Override
  public OptionalInt transactionCoordinator(String transactionalId) {
    return coordinator(TransactionCoordinator.TOPIC, transactionalId);
  }

  private OptionalInt coordinator(String internalTopic, String key) {
    TopicState topic = image().topics().get(internalTopic);
    if (topic == null) {
      return OptionalInt.empty();
    }
    int partition = GroupCoordinator.partitionOf(key, topic.partitions().size());
    return leader(new PartitionId(topic.name(), partition));
  }

  @Override
  public boolean healthy() {
    if (!nodes.names().stream().allMatch(this::running) || !allServing()) {
      return false;
    }
    SortedMap<String, TopicState> topics = image().topics();
    return topics.values().stream().allMatch(ReferenceCluster::healthy);
  }

  private static boolean healthy(TopicState topic) {
    for (PartitionState partition : topic.partitions()) {
      boolean full = partition.inSyncReplicas().size() == partition.replicas().size();
      if (partition.leader() < 0 || !full) {
        return false;
      }
    }
    return true;
  }

  // ---- what can be done to it

  private void fact(String node, Change change) {
    recorder.fact(Operation.HARNESS, new Action.Node(node, change));
  }

  @Override
  public void kill(String node) {
    if (running(node)) {
      machines.machine(node).kill();
      nodes.forget(node);
      fact(node, Change.CRASHED);
    }
  }

  @Override
  public void losePower(String node) {
    invariants.powerLost();
    machines.machine(node).losePower();
    nodes.forget(node);
    fact(node, Change.LOST_POWER);
  }

  /** Controlled shutdown; the process ends when it is done or out of patience. */
  @Override
  public void stop(String node) {
    if (!running(node)) {
      return;
    }
    Machine machine = machines.machine(node);
    AtomicBoolean done = new AtomicBoolean();
    BrokerNode broker = nodes.broker(node);
    if (broker != null) {
      observe(machine, () -> broker.stop(() -> done.set(true)));
      if (!world.await(options.stopTimeoutMs(), () -> done.get() || !running(node))) {
        observe(machine, broker::flush);
      }
    } else {
      observe(machine, nodes.controller(node)::stop);
      world.sleep(RESIGN_MS);
    }
    if (running(node)) {
      machine.kill();
      nodes.forget(node);
      fact(node, Change.STOPPED);
    }
  }

  private static void observe(Machine machine, Runnable action) {
    machine.observe(
        () -> {
          action.run();
          return null;
        });
  }

  @Override
  public void pause(String node) {
    if (running(node)) {
      machines.machine(node).pause();
      fact(node, Change.PAUSED);
    }
  }

  @Override
  public void resume(String node) {
    if (running(node)) {
      machines.machine(node).resume();
      fact(node, Change.RESUMED);
    }
  }

  @Override
  public void start(String node) {
    if (!running(node)) {
      fact(node, Change.UP);
      nodes.boot(node);
    }
  }

  @Override
  public boolean running(String node) {
    return machines.machine(node).running();
  }

  @Override
  public void electUncleanly(PartitionId partition) {
    new ForcedElection(world, this, administration::electUncleanly).elect(partition);
  }

  /** The broker's process ends; not in the middle of its event. */
  private void diskFailed(String node) {
    world.spawn("halt-" + node, () -> kill(node));
  }

  @Override
  public void damageDisk(String node, Fault.OfDisk fault) {
    DiskFaults disk = machines.machine(node).diskFaults();
    switch (fault.kind()) {
      case DISK_FAILURE -> disk.refuse(DiskFaults.Calls.ALL);
      case DISK_FULL -> disk.refuse(DiskFaults.Calls.WRITES);
      case READ_ERROR -> disk.refuse(DiskFaults.Calls.READS);
      case SLOW_DISK -> {
        Fault.SlowDisk slow = (Fault.SlowDisk) fault;
        disk.slow(slow.delayMs(), slow.jitterMs());
      }
      case BIT_FLIP -> {
        invariants.powerLost();
        disk.flipBit();
      }
      case TORN_WRITE -> {
        disk.tearAtPowerLoss();
        losePower(node);
      }
      case DISK_LOSS -> {
        losePower(node);
        disk.lose();
      }
      default -> throw new IllegalArgumentException("no fault of a disk: " + fault);
    }
  }

  @Override
  public void healDisk(String node) {
    machines.machine(node).diskFaults().heal();
  }

  @Override
  public void administer(Fault.Administrative task) {
    new TopicAdministration(administration, this, nodes, this::image).carryOut(task);
  }

  @Override
  public int partitionCount(TopicSpec topic) {
    TopicState state = image().topics().get(topic.name());
    return state == null ? topic.partitions() : state.partitions().size();
  }

  @Override
  public Links links() {
    return machines.links();
  }

  @Override
  public WallClocks clocks() {
    return machines.clocks();
  }

  /** The machines can do everything that the vocabulary names. */
  @Override
  public Optional<String> refusal(FaultKind fault) {
    return Optional.empty();
  }

  // ---- observation

  /** Replicas on running brokers; a disk of a stopped one is not read. */
  @Override
  public List<ReplicaLog> dump(List<PartitionId> partitions) {
    List<ReplicaLog> logs = new ArrayList<>();
    for (PartitionId partition : partitions) {
      List<Integer> inSync = inSyncReplicas(partition);
      for (int broker : replicas(partition)) {
        nodes.dump(broker, partition, inSync.contains(broker)).ifPresent(logs::add);
      }
    }
    return logs;
  }

  /**
   * Looks at the invariants of replication: to be called after each event of a machine. What is
   * broken is recorded as an oracle, once each.
   */
  public void checkInvariants(String machine) {
    invariants.afterEvent(machine);
  }

  /** Brokers as the newest metadata has them. */
  SortedMap<Integer, BrokerState> brokers() {
    return image().brokers();
  }
}
