package dev.trial.broker.group;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;

/**
 * FindCoordinator: the leader of the partition of an internal topic that a group or a transactional
 * id hashes to. The topic is created when somebody first asks.
 */
public final class CoordinatorFinder {
  private static final int BATCHES_SINCE = 4;

  private final Supplier<MetadataImage> image;
  private final InternalTopics topics;
  private final Map<Byte, CoordinatedTopic> byKeyType = new TreeMap<>();

  CoordinatorFinder(Supplier<MetadataImage> image, InternalTopics topics) {
    this.image = image;
    this.topics = topics;
  }

  /** Answers for that kind of coordinator too. */
  public void serve(CoordinatedTopic topic) {
    byKeyType.put(topic.keyType(), topic);
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

  /** Kinds of coordinators that do not exist here are refused for good. */
  private Coordinator find(FindCoordinatorRequestData asked, String key) {
    CoordinatedTopic coordinated = byKeyType.get(asked.keyType());
    if (coordinated == null) {
      boolean known = asked.keyType() == CoordinatorType.SHARE.id();
      Errors error = Errors.INVALID_REQUEST;
      return none(key, error).setErrorMessage(known ? "" : error.message());
    }
    TopicState topic = image.get().topics().get(coordinated.name());
    if (topic == null) {
      coordinated.create(topics);
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
}
