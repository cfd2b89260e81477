package dev.trial.workloads.program;

import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Kafka's partitions and a history's, one to the other, always in order. */
final class Partitions {

  private Partitions() {}

  static PartitionId id(TopicPartition partition) {
    return new PartitionId(partition.topic(), partition.partition());
  }

  static TopicPartition of(PartitionId partition) {
    return new TopicPartition(partition.topic(), partition.partition());
  }

  static List<PartitionId> ids(Collection<TopicPartition> partitions) {
    List<PartitionId> ids = new ArrayList<>(partitions.size());
    for (TopicPartition partition : partitions) {
      ids.add(id(partition));
    }
    Collections.sort(ids);
    return ids;
  }

  static List<TopicPartition> of(Collection<PartitionId> ids) {
    List<TopicPartition> partitions = new ArrayList<>(ids.size());
    for (PartitionId id : ids) {
      partitions.add(of(id));
    }
    return partitions;
  }

  static Map<PartitionId, Long> offsets(Map<TopicPartition, Long> offsets) {
    Map<PartitionId, Long> ids = new TreeMap<>();
    offsets.forEach((partition, offset) -> ids.put(id(partition), offset));
    return ids;
  }

  /** Committed offsets by partition, −1 for a partition of {@code asked} that has none. */
  static Map<PartitionId, Long> committed(
      Collection<TopicPartition> asked, Map<TopicPartition, OffsetAndMetadata> committed) {
    Map<PartitionId, Long> ids = new TreeMap<>();
    for (TopicPartition partition : asked) {
      OffsetAndMetadata offset = committed.get(partition);
      ids.put(id(partition), offset == null ? -1L : offset.offset());
    }
    return ids;
  }
}
