package dev.trial.broker.metadata;

import org.apache.kafka.common.Uuid;

/** One change of the cluster's metadata. Records of one log entry take effect together. */
public sealed interface MetadataRecord {

  /** A broker process registered; {@code epoch} is the entry's offset for a new incarnation. */
  record BrokerRegistered(BrokerState broker) implements MetadataRecord {}

  /** A broker was fenced, unfenced or began its controlled shutdown (KIP-631, KIP-841). */
  record BrokerChanged(int id, boolean fenced, boolean inControlledShutdown)
      implements MetadataRecord {}

  /** A topic without partitions yet. */
  record TopicCreated(String name, Uuid id) implements MetadataRecord {}

  /** A partition is new or has a new state. */
  record PartitionChanged(Uuid topicId, PartitionState state) implements MetadataRecord {}

  /** A topic, its partitions and its settings are gone. */
  record TopicDeleted(Uuid id) implements MetadataRecord {}

  /** A setting; {@code value} null removes it. Broker "" stands for all brokers. */
  record ConfigChanged(ConfigScope scope, String name, String key, String value)
      implements MetadataRecord {}

  /** Producer ids below {@code next} are handed out. */
  record ProducerIdsAllocated(long next) implements MetadataRecord {}

  /** A client quota (KIP-546); {@code value} null removes it. */
  record ClientQuotaChanged(QuotaEntity entity, String key, Double value)
      implements MetadataRecord {}

  /** The finalized level of a feature, 0 for off (KIP-584). */
  record FeatureChanged(String feature, int level) implements MetadataRecord {}

  /** A broker that will not come back is forgotten (KIP-746). */
  record BrokerUnregistered(int id) implements MetadataRecord {}

  /** What a setting belongs to. */
  enum ConfigScope {
    TOPIC,
    BROKER,
    GROUP
  }
}
