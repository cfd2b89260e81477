package dev.trial.broker.group;

import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;

/**
 * An internal topic whose partitions' leaders coordinate what hashes to them; created when somebody
 * first asks for such a coordinator.
 */
public final class CoordinatedTopic {
  private final byte keyType;
  private final CreatableTopic creation;
  private boolean creating;

  /**
   * @param keyType FindCoordinator's number for what is coordinated
   */
  public CoordinatedTopic(byte keyType, String name, int partitions, short replicationFactor) {
    this.keyType = keyType;
    this.creation =
        new CreatableTopic()
            .setName(name)
            .setNumPartitions(partitions)
            .setReplicationFactor(replicationFactor);
  }

  /** Adds a topic setting to be created with. */
  public CoordinatedTopic config(String name, Object value) {
    creation
        .configs()
        .add(new CreatableTopicConfig().setName(name).setValue(String.valueOf(value)));
    return this;
  }

  byte keyType() {
    return keyType;
  }

  String name() {
    return creation.name();
  }

  void create(InternalTopics topics) {
    if (!creating) {
      creating = true;
      topics.create(creation.duplicate(), () -> creating = false);
    }
  }
}
