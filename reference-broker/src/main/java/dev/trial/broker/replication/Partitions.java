package dev.trial.broker.replication;

import dev.trial.broker.metadata.TopicState;
import dev.trial.core.history.PartitionId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** The replicas on this broker, found by name or by topic id (KIP-516). */
final class Partitions {
  private final ReplicaContext context;
  private final Map<PartitionId, LocalPartition> byId = new TreeMap<>();

  Partitions(ReplicaContext context) {
    this.context = context;
  }

  LocalPartition get(PartitionId id) {
    return byId.get(id);
  }

  void put(LocalPartition partition) {
    byId.put(partition.id, partition);
  }

  LocalPartition remove(PartitionId id) {
    return byId.remove(id);
  }

  Collection<LocalPartition> all() {
    return byId.values();
  }

  /** The topic's name: as given, or by its id; null if no topic has that id. */
  String topicName(String name, Uuid id) {
    if (id == null || id.equals(Uuid.ZERO_UUID)) {
      return name;
    }
    Optional<TopicState> topic =
        context.image() == null ? Optional.empty() : context.image().topic(id);
    return topic.map(TopicState::name).orElse(null);
  }

  /** Why {@link #get} found nothing. */
  Errors missing(PartitionId id) {
    boolean elsewhere = context.image() != null && context.image().partition(id).isPresent();
    return elsewhere ? Errors.NOT_LEADER_OR_FOLLOWER : Errors.UNKNOWN_TOPIC_OR_PARTITION;
  }
}
