package dev.trial.broker.group;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import java.util.function.Supplier;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.Errors;

/**
 * FindCoordinator: the leader of the partition of {@code __consumer_offsets} that a group hashes
 * to. The topic is created when somebody first asks.
 */
final class CoordinatorFinder {
  private static final byte GROUP = 0;
  private static final int BATCHES_SINCE = 4;

  private final Supplier<MetadataImage> image;
  private final GroupSettings settings;
  private final InternalTopics topics;
  private boolean creating;

  CoordinatorFinder(Supplier<MetadataImage> image, GroupSettings settings, InternalTopics topics) {
    this.image = image;
    this.settings = settings;
    this.topics = topics;
  }

  FindCoordinatorResponseData find(FindCoordinatorRequestData asked, int version) {
    FindCoordinatorResponseData response = new FindCoordinatorResponseData();
    if (version >= BATCHES_SINCE) {
      asked.coordinatorKeys().forEach(key -> response.coordinators().add(find(asked, key)));
      return response;
    }
    Coordinator found = find(asked, asked.key());
    return response
        .setErrorCode(found.errorCode())
        .setErrorMessage(Errors.forCode(found.errorCode()).message())
        .setNodeId(found.nodeId())
        .setHost(found.host())
        .setPort(found.port());
  }

  /** Transaction and share coordinators do not exist here yet: such keys are refused for good. */
  private Coordinator find(FindCoordinatorRequestData asked, String key) {
    if (asked.keyType() != GROUP) {
      return none(key, Errors.INVALID_REQUEST);
    }
    TopicState topic = image.get().topics().get(GroupCoordinator.TOPIC);
    if (topic == null) {
      createTopic();
      return none(key, Errors.COORDINATOR_NOT_AVAILABLE);
    }
    int partition = GroupCoordinator.partitionOf(key, topic.partitions().size());
    BrokerState leader = image.get().brokers().get(topic.partitions().get(partition).leader());
    if (leader == null || leader.fenced()) {
      return none(key, Errors.COORDINATOR_NOT_AVAILABLE);
    }
    return new Coordinator()
        .setKey(key)
        .setNodeId(leader.id())
        .setHost(leader.host())
        .setPort(leader.port());
  }

  private static Coordinator none(String key, Errors error) {
    return new Coordinator()
        .setKey(key)
        .setNodeId(-1)
        .setHost("")
        .setPort(-1)
        .setErrorCode(error.code());
  }

  private void createTopic() {
    if (creating) {
      return;
    }
    creating = true;
    CreatableTopic topic =
        new CreatableTopic()
            .setName(GroupCoordinator.TOPIC)
            .setNumPartitions(settings.offsetsPartitions())
            .setReplicationFactor(settings.offsetsReplicationFactor());
    config(topic, "cleanup.policy", "compact");
    config(topic, "compression.type", "producer");
    config(topic, "segment.bytes", String.valueOf(settings.offsetsSegmentBytes()));
    topics.create(topic, () -> creating = false);
  }

  private static void config(CreatableTopic topic, String name, String value) {
    topic.configs().add(new CreatableTopicConfig().setName(name).setValue(value));
  }
}
