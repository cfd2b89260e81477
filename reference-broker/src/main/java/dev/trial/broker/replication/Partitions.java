package dev.trial.broker.replication;

import dev.trial.broker.metadata.TopicState;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** The replicas on this broker, found by name or by topic id (KIP-516). */
final class Partitions {
  private final ReplicaContext context;
  private final Map<PartitionId, LocalPartition> byId = new HashMap<>();
  private final List<LocalPartition> inOrder = new ArrayList<>();
  private final List<LocalPartition> all = Collections.unmodifiableList(inOrder);
  private int changes;
  private boolean sorted = true;

  Partitions(ReplicaContext context) {
    this.context = context;
  }

  LocalPartition get(PartitionId id) {
    return byId.get(id);
  }

  void put(LocalPartition partition) {
    byId.put(partition.id, partition);
    changed();
  }

  LocalPartition remove(PartitionId id) {
    LocalPartition removed = byId.remove(id);
    changed();
    return removed;
  }

  /** In the order of their names and numbers. */
  List<LocalPartition> all() {
    if (!sorted) {
      sorted = true;
      inOrder.clear();
      inOrder.addAll(byId.values());
      inOrder.sort(Comparator.comparing(partition -> partition.id));
    }
    return all;
  }

  /** How often replicas came and went. */
  int changes() {
    return changes;
  }

  /** Sorted when somebody looks: a topic brings, or takes, a thousand of them at once. */
  private void changed() {
    changes++;
    sorted = false;
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

  /** True if the topic exists, here or elsewhere. */
  boolean known(String topic) {
    return context.image() != null && context.image().topics().containsKey(topic);
  }

  /** Why {@link #get} found nothing. */
  Errors missing(PartitionId id) {
    boolean elsewhere = context.image() != null && context.image().partition(id).isPresent();
    return elsewhere ? Errors.NOT_LEADER_OR_FOLLOWER : Errors.UNKNOWN_TOPIC_OR_PARTITION;
  }
}
