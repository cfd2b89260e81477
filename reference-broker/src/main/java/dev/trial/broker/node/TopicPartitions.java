package dev.trial.broker.node;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.AuthorizedOperations;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.protocol.Errors;

/**
 * Answers DescribeTopicPartitions (KIP-966) by the rules of DescribeTopicPartitionsRequestHandler
 * and KRaftMetadataCache: topics in the order of their names, a page at a time, and where the next
 * page begins.
 */
final class TopicPartitions {
  private static final int NOBODY = -1;

  private final MetadataImage image;
  private final long pageLimit;

  TopicPartitions(MetadataImage image, BrokerSettings settings) {
    this.image = image;
    this.pageLimit = settings.number("max.request.partition.size.limit", 2_000);
  }

  /**
   * One page.
   *
   * @throws InvalidRequestException if the cursor is none of this request's
   */
  DescribeTopicPartitionsResponseData answer(DescribeTopicPartitionsRequestData request) {
    DescribeTopicPartitionsRequestData.Cursor cursor = request.cursor();
    String first = cursor == null ? "" : cursor.topicName();
    TreeSet<String> topics = new TreeSet<>();
    boolean all = request.topics().isEmpty();
    if (all) {
      topics.addAll(image.topics().keySet());
    } else {
      request.topics().stream().map(TopicRequest::name).forEach(topics::add);
    }
    topics.removeIf(name -> name.compareTo(first) < 0);
    if (cursor != null) {
      check(cursor, all || topics.contains(first));
    }
    int left = (int) Math.max(Math.min(pageLimit, request.responsePartitionLimit()), 1);
    DescribeTopicPartitionsResponseData response = new DescribeTopicPartitionsResponseData();
    for (String name : topics) {
      if (left == 0) {
        return response.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(0));
      }
      TopicState topic = image.topics().get(name);
      if (topic != null) {
        boolean resumed = cursor != null && name.equals(first);
        left -= add(response, topic, resumed ? cursor.partitionIndex() : 0, left);
      } else if (!all) {
        response.topics().add(unknown(name));
      }
      if (response.nextCursor() != null) {
        return response;
      }
    }
    return response;
  }

  private static void check(DescribeTopicPartitionsRequestData.Cursor cursor, boolean asked) {
    if (!asked) {
      throw new InvalidRequestException(
          "DescribeTopicPartitionsRequest topic list should contain the cursor topic: "
              + cursor.topicName());
    }
    if (cursor.partitionIndex() < 0) {
      throw new InvalidRequestException(
          "DescribeTopicPartitionsRequest cursor partition must be valid: " + cursor);
    }
  }

  /** Adds what fits of the topic, and where to go on if not all did; gives their number. */
  private int add(
      DescribeTopicPartitionsResponseData response, TopicState topic, int from, int limit) {
    int size = topic.partitions().size();
    int upTo = (int) Math.min(size, (long) from + limit);
    DescribeTopicPartitionsResponseTopic answer =
        new DescribeTopicPartitionsResponseTopic()
            .setName(topic.name())
            .setTopicId(topic.id())
            .setIsInternal(Topic.isInternal(topic.name()))
            .setTopicAuthorizedOperations(AuthorizedOperations.ofTopic(true));
    for (int i = from; i < upTo; i++) {
      answer.partitions().add(partition(topic.partitions().get(i)));
    }
    response.topics().add(answer);
    if (upTo < size) {
      response.setNextCursor(new Cursor().setTopicName(topic.name()).setPartitionIndex(upTo));
    }
    return answer.partitions().size();
  }

  private DescribeTopicPartitionsResponsePartition partition(PartitionState partition) {
    return new DescribeTopicPartitionsResponsePartition()
        .setPartitionIndex(partition.partition())
        .setLeaderId(live(partition.leader()) ? partition.leader() : NOBODY)
        .setLeaderEpoch(partition.leaderEpoch())
        .setReplicaNodes(partition.replicas())
        .setIsrNodes(partition.inSyncReplicas())
        .setOfflineReplicas(partition.replicas().stream().filter(id -> !live(id)).toList())
        .setEligibleLeaderReplicas(partition.eligible())
        .setLastKnownElr(lastKnown(partition));
  }

  /** Kafka keeps the last leader there, and only it (PartitionChangeBuilder). */
  private static List<Integer> lastKnown(PartitionState partition) {
    return partition.lastKnownLeader() == NOBODY ? List.of() : List.of(partition.lastKnownLeader());
  }

  private boolean live(int broker) {
    BrokerState state = image.brokers().get(broker);
    return state != null && !state.fenced();
  }

  private static DescribeTopicPartitionsResponseTopic unknown(String name) {
    return new DescribeTopicPartitionsResponseTopic()
        .setName(name)
        .setErrorCode(refusal(name).code())
        .setIsInternal(Topic.isInternal(name))
        .setTopicAuthorizedOperations(AuthorizedOperations.ofTopic(true));
  }

  private static Errors refusal(String name) {
    try {
      Topic.validate(name);
      return Errors.UNKNOWN_TOPIC_OR_PARTITION;
    } catch (InvalidTopicException invalid) {
      return Errors.INVALID_TOPIC_EXCEPTION;
    }
  }
}
