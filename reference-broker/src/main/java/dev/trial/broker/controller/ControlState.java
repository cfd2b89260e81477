package dev.trial.broker.controller;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.metadata.BrokerState;
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

  /** Takes the broker out of every in-sync set and elects anew where it led. */
  List<MetadataRecord> without(int broker) {
    return change(p -> p.inSyncReplicas().contains(broker), broker, b -> b != broker && active(b));
  }

  /** Elects leaders of leaderless partitions now that the broker counts as active. */
  List<MetadataRecord> with(int broker) {
    return change(
        p -> p.leader() == PartitionElection.NO_LEADER, -1, b -> b == broker || active(b));
  }

  /** Elects leaders of leaderless partitions where an unclean election is allowed. */
  List<MetadataRecord> leaderless() {
    return change(p -> p.leader() == PartitionElection.NO_LEADER, -1, this::active);
  }

  private List<MetadataRecord> change(
      Predicate<PartitionState> which, int removed, IntPredicate alive) {
    List<MetadataRecord> records = new ArrayList<>();
    forEachPartition(
        (topic, partition) -> {
          if (which.test(partition)) {
            List<Integer> inSync = new ArrayList<>(inSync(partition));
            inSync.remove(Integer.valueOf(removed));
            PartitionElection.change(partition, inSync, automaticReach(topic.name()), alive)
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
        next.removing());
  }
}
