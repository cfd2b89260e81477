package dev.trial.broker.controller;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.Feature;
import dev.trial.broker.metadata.Image;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicConfigs;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.settings.BrokerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** The metadata as the active controller has appended it, committed or not. */
final class ControlState {
  private final BrokerSettings settings;
  private final Defects defects;
  private Image image = Image.EMPTY;

  ControlState(BrokerSettings settings, Defects defects) {
    this.settings = settings;
    this.defects = defects;
  }

  Image image() {
    return image;
  }

  void reset(Image committed) {
    image = committed;
  }

  /** This controller became the active one, with all that is committed. */
  void activated() {
    if (defects.has(Defect.SHRINK_FORGOTTEN_AT_FAILOVER)) {
      List<MetadataRecord> records = new ArrayList<>();
      forEachPartition(
          (topic, partition) ->
              records.add(new PartitionChanged(topic.id(), everyReplicaInSync(partition))));
      image = image.after(image.offset(), records);
    }
  }

  private static PartitionState everyReplicaInSync(PartitionState partition) {
    return new PartitionState(
        partition.partition(),
        partition.replicas(),
        partition.replicas(),
        partition.leader(),
        partition.leaderEpoch(),
        partition.partitionEpoch(),
        partition.election(),
        partition.adding(),
        partition.removing());
  }

  private void forEachPartition(BiConsumer<TopicState, PartitionState> consumer) {
    for (TopicState topic : image.topics().values()) {
      topic.partitions().forEach(partition -> consumer.accept(topic, partition));
    }
  }

  Defects defects() {
    return defects;
  }

  /** The offset that the next entry gets. */
  long nextOffset() {
    return image.offset() + 1;
  }

  BrokerSettings settings() {
    return settings;
  }

  /** True if eligible leader replicas are kept (KIP-966). */
  boolean keepsEligible() {
    return Feature.ELIGIBLE_LEADER_REPLICAS_VERSION.level(image, settings) > 0;
  }

  /** Registered, unfenced and not shutting down: may lead and be in sync (KIP-841). */
  boolean active(int broker) {
    BrokerState state = image.brokers().get(broker);
    return state != null && !state.fenced() && !state.inControlledShutdown();
  }

  /** How far elections of the topic may go without an administrator. */
  PartitionElection.Reach automaticReach(String topic) {
    boolean unclean =
        TopicConfigs.of(image, topic, -1, settings).uncleanLeaderElection()
            || defects.has(Defect.UNCLEAN_THOUGH_DISABLED);
    return unclean ? PartitionElection.Reach.UNCLEAN : PartitionElection.Reach.ONLINE;
  }

  boolean leadsAny(int broker) {
    return image.topics().values().stream()
        .anyMatch(topic -> topic.partitions().stream().anyMatch(p -> p.leader() == broker));
  }

  /** What an election of the topic's partitions goes by, if it may go so far. */
  ElectionTerms terms(TopicState topic, PartitionElection.Reach reach) {
    return terms(topic, reach, this::active, ElectionTerms.NOBODY);
  }

  /** The same for an election that nobody asked for. */
  ElectionTerms terms(TopicState topic) {
    return terms(topic, automaticReach(topic.name()));
  }

  private ElectionTerms terms(
      TopicState topic, PartitionElection.Reach reach, IntPredicate alive, int shutDownUncleanly) {
    if (!keepsEligible()) {
      return new ElectionTerms(reach, alive);
    }
    int minimum = TopicConfigs.of(image, topic.name(), -1, settings).minInSyncReplicas();
    int factor = topic.partitions().get(0).replicas().size();
    return new ElectionTerms(reach, alive, true, Math.min(minimum, factor), shutDownUncleanly);
  }

  /** Takes the broker out of every in-sync set and elects anew where it led. */
  List<MetadataRecord> without(int broker) {
    return change(
        p -> p.inSyncReplicas().contains(broker),
        broker,
        b -> b != broker && active(b),
        ElectionTerms.NOBODY);
  }

  /**
   * A new process of the broker: its seats in the in-sync sets are gone, and after an unclean
   * shutdown those among the eligible leader replicas, for it may have lost data (KIP-966).
   */
  List<MetadataRecord> restarted(int broker, boolean cleanly) {
    boolean trusted = cleanly || defects.has(Defect.UNCLEAN_SHUTDOWN_STAYS_ELIGIBLE);
    return trusted || !keepsEligible()
        ? without(broker)
        : change(
            p -> p.inSyncReplicas().contains(broker) || p.eligible().contains(broker),
            broker,
            b -> b != broker && active(b),
            broker);
  }

  /** Elects leaders of leaderless partitions now that the broker counts as active. */
  List<MetadataRecord> with(int broker) {
    return change(
        p -> p.leader() == PartitionElection.NO_LEADER,
        ElectionTerms.NOBODY,
        b -> b == broker || active(b),
        ElectionTerms.NOBODY);
  }

  /** Elects leaders of leaderless partitions where an unclean election is allowed. */
  List<MetadataRecord> leaderless() {
    return change(
        p -> p.leader() == PartitionElection.NO_LEADER,
        ElectionTerms.NOBODY,
        this::active,
        ElectionTerms.NOBODY);
  }

  /**
   * With another min.insync.replicas who was eligible is so no more (ClearElrRecord): below another
   * minimum the high watermark may have moved without it.
   *
   * @param topic null for all
   */
  List<MetadataRecord> withoutEligible(String topic) {
    List<MetadataRecord> records = new ArrayList<>();
    forEachPartition(
        (each, partition) -> {
          if ((topic == null || each.name().equals(topic)) && partition.keepsEligible()) {
            records.add(new PartitionChanged(each.id(), cleared(partition)));
          }
        });
    return records;
  }

  private static PartitionState cleared(PartitionState partition) {
    return new PartitionState(
        partition.partition(),
        partition.replicas(),
        partition.inSyncReplicas(),
        partition.leader(),
        partition.leaderEpoch(),
        partition.partitionEpoch() + 1,
        partition.election(),
        partition.adding(),
        partition.removing());
  }

  private List<MetadataRecord> change(
      Predicate<PartitionState> which, int removed, IntPredicate alive, int shutDownUncleanly) {
    List<MetadataRecord> records = new ArrayList<>();
    forEachPartition(
        (topic, partition) -> {
          if (which.test(partition)) {
            List<Integer> inSync = new ArrayList<>(inSync(partition));
            if (!defects.has(Defect.SEAT_KEPT_OVER_REBOOT)) {
              inSync.remove(Integer.valueOf(removed));
            }
            PartitionElection.Reach reach = automaticReach(topic.name());
            ElectionTerms terms = terms(topic, reach, alive, shutDownUncleanly);
            PartitionElection.change(partition, inSync, terms)
                .map(next -> elected(partition, next))
                .ifPresent(next -> records.add(new PartitionChanged(topic.id(), next)));
          }
        });
    return records;
  }

  private List<Integer> inSync(PartitionState partition) {
    return defects.has(Defect.IN_SYNC_SET_IGNORED)
        ? partition.replicas().stream().filter(this::active).toList()
        : partition.inSyncReplicas();
  }

  private PartitionState elected(PartitionState before, PartitionState next) {
    if (!defects.has(Defect.LEADER_EPOCH_NOT_BUMPED)) {
      return next;
    }
    return new PartitionState(
        next.partition(),
        next.replicas(),
        next.inSyncReplicas(),
        next.leader(),
        before.leaderEpoch(),
        next.partitionEpoch(),
        next.election(),
        next.adding(),
        next.removing(),
        next.eligible(),
        next.lastKnownLeader());
  }
}
