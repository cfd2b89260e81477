package dev.trial.broker.replication;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import dev.trial.core.history.PartitionId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** Metadata with one topic of one partition. */
record TestImage(long offset, SortedMap<Integer, BrokerState> brokers, TopicState topic)
    implements MetadataImage {

  TestImage {
    brokers = new TreeMap<>(brokers);
  }

  @Override
  public SortedMap<String, TopicState> topics() {
    return new TreeMap<>(Map.of(topic.name(), topic));
  }

  @Override
  public Optional<TopicState> topic(Uuid id) {
    return topic.id().equals(id) ? Optional.of(topic) : Optional.empty();
  }

  @Override
  public Optional<PartitionState> partition(PartitionId id) {
    return id.topic().equals(topic.name()) && id.partition() == 0
        ? Optional.of(topic.partitions().get(0))
        : Optional.empty();
  }
}
