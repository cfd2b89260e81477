package dev.trial.live.kafka;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.ForcedElection;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.fault.Fault;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.Links;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Node.Change;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import dev.trial.core.profile.Profile;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;

/** Apache Kafka's own brokers and controllers, as processes of this machine or in containers. */
public final class KafkaCluster implements Cluster {
  private static final String OFFSETS = "__consumer_offsets";
  private static final String TRANSACTIONS = "__transaction_state";
  private static final String UNCLEAN = "unclean.leader.election.enable";
  private static final long START_MS = 120_000;
  private static final long TOPIC_MS = 60_000;
  private static final long LOOK_EVERY_MS = 20;

  private final World world;
  private final Recorder recorder;
  private final Profile profile;
  private final Links links;
  private final KafkaAddresses addresses;
  private final KafkaNodes nodes;
  private final MetadataView view;
  private final MetadataLogTail metadata;
  private final Map<String, String> uncleanByTopic = new TreeMap<>();
  private final Map<String, TopicSpec> made = new TreeMap<>();
  private final RandomStream disks;
  private KafkaAdmin admin;
  private volatile boolean closed;

  /**
   * A cluster; nothing runs yet.
   *
   * @param hosting runs the nodes; closed with the cluster
   * @param links the faults of the proxies that stand between nodes and to clients
   * @param data where nodes keep their disks and settings
   */
  public KafkaCluster(
      KafkaVersion version,
      Profile profile,
      World world,
      Recorder recorder,
      KafkaHosting hosting,
      Links links,
      Path data) {
    this.world = world;
    this.recorder = recorder;
    this.profile = profile;
    this.links = links;
    this.disks = world.random("disks");
    this.addresses = new KafkaAddresses(profile.shape(), hosting);
    ServerProperties properties = new ServerProperties(version, addresses, profile);
    this.nodes = new KafkaNodes(world, addresses, properties, hosting, data);
    this.view = new MetadataView(recorder, this::uncleanAllowed);
    this.metadata =
        new MetadataLogTail(
            addresses.controllers().stream().map(nodes::disk).toList(), view::apply, view::elected);
  }

  /** Why no cluster of processes can suffer a fault; empty if it can. */
  public static Optional<String> refused(FaultKind fault) {
    return switch (fault) {
      case POWER_LOSS ->
          Optional.of("the page cache of this machine outlives a killed process; simulation can");
      case DISK_FAILURE, DISK_FULL, READ_ERROR, SLOW_DISK ->
          Optional.of("the disk of this machine is not ours to slow or fail; simulation can");
      case CLOCK_SKEW, CLOCK_JUMP, CLOCK_DRIFT ->
          Optional.of(
              "all processes share this machine's wall clock, which nobody may set; simulation can");
      default -> Optional.empty();
    };
  }

  private synchronized boolean uncleanAllowed(String topic) {
    String broker = profile.broker().getOrDefault(UNCLEAN, "false");
    return Boolean.parseBoolean(uncleanByTopic.getOrDefault(topic, broker));
  }

  // ---- life

  @Override
  public ClusterShape shape() {
    return profile.shape();
  }

  @Override
  public void start() {
    nodes.format();
    addresses.nodes().stream().map(KafkaAddresses::name).forEach(this::start);
    world.spawn("metadata-log", this::followMetadata);
    if (!world.await(START_MS, this::allServe)) {
      throw new IllegalStateException(
          "the cluster was not up within "
              + START_MS
              + " ms; active controller "
              + view.activeController()
              + ", in service are brokers "
              + addresses.brokers().stream().filter(this::serves).toList()
              + "; the nodes' logs say why");
    }
    checkFeatures();
    admin =
        new KafkaAdmin(
            world,
            addresses.brokers().stream().map(addresses::admin).collect(Collectors.joining(",")));
  }

  /** A cluster without them serves, and promises less than its version does. */
  private void checkFeatures() {
    List<String> missing = nodes.features().stream().filter(each -> !view.has(each)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "the cluster came up without "
              + String.join(" and ", missing)
              + ", which its version is formatted with; the controllers' logs say what metadata"
              + " they began with");
    }
  }

  private void followMetadata() {
    while (!closed) {
      metadata.read();
      world.sleep(LOOK_EVERY_MS);
    }
  }

  private boolean serves(int broker) {
    return view.serves(broker, nodes.starts(broker));
  }

  private boolean allServe() {
    return view.activeController().isPresent()
        && addresses.brokers().stream().allMatch(this::serves);
  }

  @Override
  public String bootstrapServers() {
    return addresses.brokers().stream().map(addresses::client).collect(Collectors.joining(","));
  }

  @Override
  public void createTopics(List<TopicSpec> topics) {
    remember(topics);
    admin.createTopics(topics);
    if (!world.await(TOPIC_MS, () -> topics.stream().allMatch(this::complete))) {
      throw new IllegalStateException("topics were created but did not become healthy: " + topics);
    }
  }

  private synchronized void remember(List<TopicSpec> topics) {
    for (TopicSpec topic : topics) {
      made.put(topic.name(), topic);
      if (topic.configs().containsKey(UNCLEAN)) {
        uncleanByTopic.put(topic.name(), topic.configs().get(UNCLEAN));
      }
    }
  }

  private boolean complete(TopicSpec topic) {
    return view.partitionsOf(topic.name()) == topic.partitions() && view.full();
  }

  @Override
  public void close() {
    closed = true;
    if (admin != null) {
      admin.close();
    }
    addresses.close();
  }

  // ---- roles

  @Override
  public int partitionCount(TopicSpec topic) {
    return Math.max(topic.partitions(), view.partitionsOf(topic.name()));
  }

  @Override
  public OptionalInt leader(PartitionId partition) {
    return view.partition(partition).stream()
        .mapToInt(PartitionView::leader)
        .filter(leader -> leader >= 0)
        .findFirst();
  }

  @Override
  public List<Integer> replicas(PartitionId partition) {
    return view.partition(partition).map(PartitionView::replicas).orElse(List.of());
  }

  @Override
  public List<Integer> inSyncReplicas(PartitionId partition) {
    return view.partition(partition).map(PartitionView::isr).orElse(List.of());
  }

  @Override
  public OptionalInt activeController() {
    return view.activeController();
  }

  @Override
  public OptionalInt groupCoordinator(String group) {
    return coordinator(OFFSETS, group);
  }

  @Override
  public OptionalInt transactionCoordinator(String transactionalId) {
    return coordinator(TRANSACTIONS, transactionalId);
  }

  /** The leader of the partition that the name hashes to (GroupMetadataManager.partitionFor). */
  private OptionalInt coordinator(String topic, String name) {
    int partitions = view.partitionsOf(topic);
    return partitions == 0
        ? OptionalInt.empty()
        : leader(new PartitionId(topic, Utils.abs(name.hashCode()) % partitions));
  }

  @Override
  public boolean healthy() {
    return addresses.nodes().stream().allMatch(nodes::running) && allServe() && view.full();
  }

  // ---- what can be done to it

  private void fact(String node, Change change) {
    recorder.fact(Operation.HARNESS, new Action.Node(node, change));
  }

  @Override
  public void kill(String node) {
    if (running(node)) {
      nodes.kill(id(node));
      fact(node, Change.CRASHED);
    }
  }

  @Override
  public void stop(String node) {
    if (running(node)) {
      nodes.stop(id(node));
      fact(node, Change.STOPPED);
    }
  }

  @Override
  public void losePower(String node) {
    throw new UnsupportedOperationException(refused(FaultKind.POWER_LOSS).orElseThrow());
  }

  @Override
  public void pause(String node) {
    if (running(node)) {
      nodes.process(id(node)).pause();
      fact(node, Change.PAUSED);
    }
  }

  @Override
  public void resume(String node) {
    if (running(node)) {
      nodes.process(id(node)).resume();
      fact(node, Change.RESUMED);
    }
  }

  @Override
  public void start(String node) {
    if (!running(node)) {
      fact(node, Change.UP);
      nodes.start(id(node));
    }
  }

  @Override
  public boolean running(String node) {
    return nodes.running(id(node));
  }

  private static int id(String node) {
    return Integer.parseInt(node.substring(node.lastIndexOf('-') + 1));
  }

  @Override
  public void electUncleanly(PartitionId partition) {
    new ForcedElection(world, this, admin::electUncleanly).elect(partition);
  }

  @Override
  public void administer(Fault.Administrative task) {
    new TopicAdministration(world, admin, view, addresses.brokers(), made).carryOut(task);
  }

  /** What a kill leaves in the page cache is harmed in its place. */
  @Override
  public void damageDisk(String node, Fault.OfDisk fault) {
    DiskDamage disk = new DiskDamage(nodes.disk(id(node)), disks);
    switch (fault.kind()) {
      case BIT_FLIP -> disk.flipBit();
      case TORN_WRITE -> {
        kill(node);
        disk.tear();
      }
      case DISK_LOSS -> {
        kill(node);
        disk.lose();
      }
      default -> throw new UnsupportedOperationException(refused(fault.kind()).orElseThrow());
    }
  }

  @Override
  public Links links() {
    return links;
  }

  @Override
  public Optional<String> refusal(FaultKind fault) {
    return refused(fault);
  }

  // ---- observation

  @Override
  public List<ReplicaLog> dump(List<PartitionId> partitions) {
    List<ReplicaLog> logs = new ArrayList<>();
    for (PartitionId partition : partitions) {
      List<Integer> inSync = inSyncReplicas(partition);
      long highWatermark = admin.highWatermark(partition).orElse(0L);
      for (int broker : replicas(partition)) {
        ReplicaDumps.read(
                nodes.disk(broker), partition, broker, inSync.contains(broker), highWatermark)
            .ifPresent(logs::add);
      }
    }
    return logs;
  }
}
