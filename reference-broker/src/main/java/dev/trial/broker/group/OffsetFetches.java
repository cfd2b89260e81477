package dev.trial.broker.group;

import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartition;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopic;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopics;
import org.apache.kafka.common.protocol.Errors;

/**
 * OffsetFetch in all its shapes: one group (to v7), several (v8, KIP-709), topics by id (v10,
 * KIP-848). With requireStable (KIP-447) the answer waits for commits on their way, and offsets
 * that an open transaction may still change are UNSTABLE_OFFSET_COMMIT.
 */
final class OffsetFetches {
  private static final int GROUPS_SINCE = 8;
  private static final int TOPIC_IDS_SINCE = 10;
  private static final int TOP_LEVEL_ERROR_SINCE = 2;

  private final Supplier<MetadataImage> image;

  OffsetFetches(Supplier<MetadataImage> image) {
    this.image = image;
  }

  /** The groups asked for, whatever the version. */
  static List<OffsetFetchRequestGroup> groups(OffsetFetchRequestData asked, int version) {
    if (version >= GROUPS_SINCE) {
      return asked.groups();
    }
    OffsetFetchRequestGroup group = new OffsetFetchRequestGroup().setGroupId(asked.groupId());
    if (asked.topics() == null) {
      return List.of(group.setTopics(null));
    }
    List<OffsetFetchRequestTopics> topics = new ArrayList<>(asked.topics().size());
    for (OffsetFetchRequestTopic topic : asked.topics()) {
      topics.add(
          new OffsetFetchRequestTopics()
              .setName(topic.name())
              .setPartitionIndexes(topic.partitionIndexes()));
    }
    return List.of(group.setTopics(topics));
  }

  /** A group's offsets as they are read. */
  private record Known(
      String group, Map<PartitionId, CommittedOffset> offsets, PendingOffsets pending) {

    boolean unstable(PartitionId partition) {
      return pending != null && pending.open(group, partition);
    }
  }

  /**
   * One group's committed offsets.
   *
   * @param stable not those that an open transaction may change
   */
  OffsetFetchResponseGroup fetch(
      Shard shard, OffsetFetchRequestGroup asked, boolean stable, int version) {
    OffsetFetchResponseGroup response = new OffsetFetchResponseGroup().setGroupId(asked.groupId());
    Known known =
        new Known(
            asked.groupId(),
            shard.offsets(asked.groupId()),
            stable ? shard.pendingOffsets() : null);
    return asked.topics() == null
        ? response.setTopics(all(known, version))
        : response.setTopics(some(known, asked.topics(), version));
  }

  private List<OffsetFetchResponseTopics> all(Known known, int version) {
    Map<String, OffsetFetchResponseTopics> byTopic = new TreeMap<>();
    for (Map.Entry<PartitionId, CommittedOffset> entry : known.offsets().entrySet()) {
      String topic = entry.getKey().topic();
      Uuid id = topicId(topic);
      if (version < TOPIC_IDS_SINCE || !id.equals(Uuid.ZERO_UUID)) {
        byTopic
            .computeIfAbsent(
                topic, name -> new OffsetFetchResponseTopics().setName(name).setTopicId(id))
            .partitions()
            .add(
                known.unstable(entry.getKey())
                    ? unstable(entry.getKey().partition())
                    : told(entry.getKey().partition(), entry.getValue()));
      }
    }
    return new ArrayList<>(byTopic.values());
  }

  private Uuid topicId(String name) {
    TopicState topic = image.get().topics().get(name);
    return topic == null ? Uuid.ZERO_UUID : topic.id();
  }

  private List<OffsetFetchResponseTopics> some(
      Known known, List<OffsetFetchRequestTopics> topics, int version) {
    List<OffsetFetchResponseTopics> responses = new ArrayList<>(topics.size());
    for (OffsetFetchRequestTopics topic : topics) {
      String name =
          version >= TOPIC_IDS_SINCE
              ? image.get().topic(topic.topicId()).map(TopicState::name).orElse("")
              : topic.name();
      OffsetFetchResponseTopics response =
          new OffsetFetchResponseTopics().setName(name).setTopicId(topic.topicId());
      for (int partition : topic.partitionIndexes()) {
        response
            .partitions()
            .add(
                name.isEmpty()
                    ? none(partition).setErrorCode(Errors.UNKNOWN_TOPIC_ID.code())
                    : committed(known, new PartitionId(name, partition), topic.topicId()));
      }
      responses.add(response);
    }
    return responses;
  }

  /** An offset of a topic that has been recreated under the same name does not count. */
  private static OffsetFetchResponsePartitions committed(
      Known known, PartitionId partition, Uuid topicId) {
    if (known.unstable(partition)) {
      return unstable(partition.partition());
    }
    CommittedOffset offset = known.offsets().get(partition);
    boolean otherTopic =
        offset != null
            && !topicId.equals(Uuid.ZERO_UUID)
            && !offset.topicId().equals(Uuid.ZERO_UUID)
            && !offset.topicId().equals(topicId);
    return offset == null || otherTopic
        ? none(partition.partition())
        : told(partition.partition(), offset);
  }

  private static OffsetFetchResponsePartitions unstable(int partition) {
    return none(partition).setErrorCode(Errors.UNSTABLE_OFFSET_COMMIT.code());
  }

  private static OffsetFetchResponsePartitions none(int partition) {
    return new OffsetFetchResponsePartitions()
        .setPartitionIndex(partition)
        .setCommittedOffset(-1)
        .setCommittedLeaderEpoch(-1)
        .setMetadata("");
  }

  private static OffsetFetchResponsePartitions told(int partition, CommittedOffset offset) {
    return new OffsetFetchResponsePartitions()
        .setPartitionIndex(partition)
        .setCommittedOffset(offset.offset())
        .setCommittedLeaderEpoch(offset.leaderEpoch())
        .setMetadata(offset.metadata());
  }

  /** A group that cannot be answered; before v8 topics are kept to carry the error. */
  static OffsetFetchResponseGroup refused(
      OffsetFetchRequestGroup asked, Errors error, int version) {
    OffsetFetchResponseGroup response =
        new OffsetFetchResponseGroup().setGroupId(asked.groupId()).setErrorCode(error.code());
    if (version >= TOP_LEVEL_ERROR_SINCE || asked.topics() == null) {
      return response;
    }
    for (OffsetFetchRequestTopics topic : asked.topics()) {
      OffsetFetchResponseTopics told = new OffsetFetchResponseTopics().setName(topic.name());
      topic
          .partitionIndexes()
          .forEach(index -> told.partitions().add(none(index).setErrorCode(error.code())));
      response.topics().add(told);
    }
    return response;
  }

  /** The whole answer in the version's shape. */
  static OffsetFetchResponseData response(List<OffsetFetchResponseGroup> groups, int version) {
    OffsetFetchResponseData response = new OffsetFetchResponseData();
    if (version >= GROUPS_SINCE) {
      return response.setGroups(groups);
    }
    OffsetFetchResponseGroup only = groups.get(0);
    response.setErrorCode(only.errorCode());
    for (OffsetFetchResponseTopics topic : only.topics()) {
      OffsetFetchResponseTopic told = new OffsetFetchResponseTopic().setName(topic.name());
      for (OffsetFetchResponsePartitions partition : topic.partitions()) {
        told.partitions()
            .add(
                new OffsetFetchResponsePartition()
                    .setPartitionIndex(partition.partitionIndex())
                    .setCommittedOffset(partition.committedOffset())
                    .setCommittedLeaderEpoch(partition.committedLeaderEpoch())
                    .setMetadata(partition.metadata())
                    .setErrorCode(partition.errorCode()));
      }
      response.topics().add(told);
    }
    return response;
  }
}
