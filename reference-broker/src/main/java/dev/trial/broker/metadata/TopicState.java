package dev.trial.broker.metadata;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** A topic: partitions in order of their numbers, and the settings it was given. */
public record TopicState(
    String name, Uuid id, List<PartitionState> partitions, Map<String, String> configs) {

  public TopicState {
    partitions = List.copyOf(partitions);
    configs = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(configs));
  }
}
