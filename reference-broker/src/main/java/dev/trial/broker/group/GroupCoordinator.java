package dev.trial.broker.group;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.group.consumer.GroupRules;
import dev.trial.broker.log.EndMarker;
import dev.trial.broker.log.Origin;
import dev.trial.broker.metadata.Feature;
import dev.trial.broker.metadata.GroupConfigs;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.replication.InternalLog;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Host;
import dev.trial.core.world.RandomStream;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.Errors;

/**
 * A broker's group coordinator: it serves the groups whose partition of {@code __consumer_offsets}
 * this broker leads. {@link GroupHandlers} puts it on the wire.
 */
public final class GroupCoordinator {

  /** The internal topic that keeps groups and offsets. */
  public static final String TOPIC = "__consumer_offsets";

  private final Host host;
  private final GroupSettings settings;
  private final BrokerSettings brokerSettings;
  private final Defects defects;
  private final InternalLog log;
  private final Supplier<MetadataImage> image;
  private final CoordinatorFinder finder;
  private final Map<Integer, Service> services = new TreeMap<>();

  /**
   * @param image the newest metadata of this broker
   * @param topics how the offsets topic is created
   */
  public GroupCoordinator(
      Host host,
      BrokerSettings settings,
      Defects defects,
      InternalLog log,
      Supplier<MetadataImage> image,
      InternalTopics topics) {
    this.host = host;
    this.brokerSettings = settings;
    this.settings = GroupSettings.of(settings);
    this.defects = defects;
    this.log = log;
    this.image = image;
    this.finder = new CoordinatorFinder(image, topics);
    this.finder.serve(this.settings.topic(TOPIC));
    log.onLeadership(TOPIC, this::leadership);
  }

  /** The partition of a topic with {@code partitions} partitions that a group belongs to. */
  public static int partitionOf(String group, int partitions) {
    // As Kafka's Utils.abs: the smallest int counts as 0.
    int hash = group.hashCode();
    return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % partitions;
  }

  /** A shard with those who serve its requests. */
  record Service(
      Shard shard,
      Joining joining,
      Membership membership,
      OffsetCommits commits,
      ConsumerMembership consumers) {}

  /** A group's service, or why there is none: then {@code service} is null. */
  record Found(Service service, Errors error) {}

  GroupSettings settings() {
    return settings;
  }

  /** For members that want one made up for them. */
  RandomStream memberIds() {
    return host.random("consumer-member-ids");
  }

  Supplier<MetadataImage> image() {
    return image;
  }

  /** True if groups may use the protocol of KIP-848. */
  boolean consumerProtocol() {
    return Feature.GROUP_VERSION.level(image.get(), brokerSettings) > 0;
  }

  TransactionalCommits transactionalCommits() {
    return new TransactionalCommits(this, log);
  }

  /** FindCoordinator, also for other kinds of coordinators. */
  public CoordinatorFinder finder() {
    return finder;
  }

  /** The partition of the offsets topic that a group belongs to. */
  public int partitionFor(String group) {
    TopicState topic = image.get().topics().get(TOPIC);
    return partitionOf(
        group, topic == null ? settings.offsetsPartitions() : topic.partitions().size());
  }

  /**
   * Writes the marker that ends a producer's transaction into a partition of the offsets topic;
   * offsets committed in the transaction become valid, or are dropped, when it is committed.
   * NOT_LEADER_OR_FOLLOWER while this broker does not serve that partition.
   *
   * @param batch the marker as it goes to the log
   */
  public void endTransaction(
      PartitionId partition,
      long producerId,
      EndMarker marker,
      ByteBuffer batch,
      Origin origin,
      Consumer<Errors> done) {
    Service service = services.get(partition.partition());
    if (service == null || !service.shard().loaded() || !log.leads(partition)) {
      done.accept(Errors.NOT_LEADER_OR_FOLLOWER);
      return;
    }
    Shard shard = service.shard();
    shard.append(batch, origin, () -> shard.endTransaction(producerId, marker.committed()), done);
  }

  /** Who serves that group here. */
  Found find(String group) {
    Service service = services.get(partitionFor(group));
    boolean serves =
        service != null && !service.shard().closed() && log.leads(service.shard().partition());
    if (!serves) {
      return new Found(null, Errors.NOT_COORDINATOR);
    }
    return service.shard().loaded()
        ? new Found(service, Errors.NONE)
        : new Found(null, Errors.COORDINATOR_LOAD_IN_PROGRESS);
  }

  Collection<Service> services() {
    return services.values();
  }

  /** Topics may have been deleted. */
  public void metadataChanged(MetadataImage before, MetadataImage after) {
    Set<String> gone = DeletedTopics.between(before, after);
    if (gone.isEmpty()) {
      return;
    }
    for (Service service : List.copyOf(services.values())) {
      if (service.shard().loaded() && log.leads(service.shard().partition())) {
        DeletedTopics.forget(service.shard(), service.commits(), gone);
      }
    }
  }

  // ---- gaining and losing partitions

  private void leadership(PartitionId partition, int leaderEpoch) {
    Service current = services.get(partition.partition());
    if (leaderEpoch < 0) {
      if (current != null) {
        services.remove(partition.partition());
        resign(current.shard());
      }
    } else if (current == null) {
      elected(partition);
    }
  }

  private void elected(PartitionId partition) {
    Shard shard = new Shard(partition, log, host, settings, defects);
    Rebalance rebalance = new Rebalance(shard);
    GroupRules rules = consumerRules();
    Migration migration = new Migration(shard, rules, image);
    ConsumerMembership consumers =
        new ConsumerMembership(
            shard, rules, migration, rebalance, group -> configs(group).sessionTimeoutMs());
    ClassicMembership classicMembers =
        new ClassicMembership(shard, rules, consumers, migration, image);
    services.put(
        partition.partition(),
        new Service(
            shard,
            new Joining(shard, rebalance, classicMembers),
            new Membership(shard, rebalance, classicMembers),
            new OffsetCommits(shard, rebalance),
            consumers));
    host.timers().after(0, () -> load(shard, rebalance));
  }

  /** What a consumer group has of its own goes before this coordinator's settings. */
  GroupConfigs configs(String group) {
    return GroupConfigs.of(image.get(), group, brokerSettings);
  }

  private GroupRules consumerRules() {
    return new GroupRules(
        new GroupRules.Settings(
            settings.consumerAssignors(),
            settings.consumerAssignmentIntervalMs(),
            settings.consumerMaxSize()),
        image,
        defects);
  }

  private void load(Shard shard, Rebalance rebalance) {
    if (shard.closed() || !log.leads(shard.partition())) {
      return;
    }
    if (!replayed(shard)) {
      shard.close();
      return;
    }
    shard.setLoaded();
    for (ClassicGroup group : shard.groups().values()) {
      group.members().forEach(member -> rebalance.restartSession(group, member));
      if (group.size() > settings.maxSize()) {
        rebalance.prepare(group);
      }
    }
    services.get(shard.partition().partition()).consumers().loaded();
    scheduleExpiry(shard);
  }

  /**
   * What is in the log cannot be read where a disk gave back other bytes and no checksum told: the
   * partition has no coordinator then until somebody else leads it (CoordinatorLoaderImpl throws,
   * CoordinatorRuntime's context is FAILED and answers NOT_COORDINATOR).
   */
  private boolean replayed(Shard shard) {
    try {
      log.replay(
          shard.partition(),
          batch ->
              StateBatch.read(
                  batch, (producerId, record) -> load(shard, producerId, record), shard::load));
      return true;
    } catch (RuntimeException unreadable) {
      host.log("failed to load " + shard.partition() + ": " + unreadable);
      return false;
    }
  }

  private void load(Shard shard, long producerId, StateRecord record) {
    boolean forgets =
        record instanceof StateRecord.Offset && defects.has(Defect.OFFSETS_LOST_AT_COORDINATOR_MOVE)
            || record instanceof StateRecord.Consumer
                && defects.has(Defect.GROUP_LOST_AT_COORDINATOR_MOVE);
    if (!forgets) {
      shard.load(producerId, record);
    }
  }

  /** Whoever waits for a join or a sync is sent to the new coordinator. */
  private static void resign(Shard shard) {
    shard.close();
    for (ClassicGroup group : shard.groups().values()) {
      for (Member member : group.members()) {
        member.completeJoin(Rebalance.refusedJoin(member.id(), Errors.NOT_COORDINATOR));
        member.completeSync(Rebalance.refusedSync(Errors.NOT_COORDINATOR));
      }
    }
  }

  private void scheduleExpiry(Shard shard) {
    host.timers()
        .after(
            OffsetExpiry.periodMs(shard),
            () -> {
              if (!shard.closed()) {
                OffsetExpiry.run(shard, services.get(shard.partition().partition()).commits());
                scheduleExpiry(shard);
              }
            });
  }
}
