package dev.trial.broker.group.consumer;

import org.apache.kafka.common.Uuid;

/** A partition by its topic's id, so that a recreated topic is another one. */
public record IdPartition(Uuid topicId, int partition) implements Comparable<IdPartition> {
  @Override
  public int compareTo(IdPartition other) {
    int byTopic = topicId.compareTo(other.topicId);
    return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
  }
}
