package dev.trial.broker.group.consumer;

import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.message.ConsumerProtocolAssignment;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.SchemaException;

/**
 * The bytes that consumers of the classic protocol hand each other through the coordinator, which
 * reads and writes them itself where such members are in a consumer group (Kafka's
 * ConsumerProtocol). Newer versions are taken for the newest known one.
 */
public final class EmbeddedProtocol {
  private final MetadataImage image;

  /**
   * @param image tells names and ids of topics
   */
  public EmbeddedProtocol(MetadataImage image) {
    this.image = image;
  }

  /**
   * What a member subscribes to.
   *
   * @throws SchemaException if the bytes are too few
   */
  public static ConsumerProtocolSubscription subscription(byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      short version =
          known(buffer.getShort(), ConsumerProtocolSubscription.HIGHEST_SUPPORTED_VERSION);
      return new ConsumerProtocolSubscription(new ByteBufferAccessor(buffer), version);
    } catch (BufferUnderflowException end) {
      throw new SchemaException("a subscription of " + bytes.length + " bytes ends too early", end);
    }
  }

  /**
   * What a member was assigned.
   *
   * @throws SchemaException if the bytes are too few
   */
  public static ConsumerProtocolAssignment assignment(byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      short version =
          known(buffer.getShort(), ConsumerProtocolAssignment.HIGHEST_SUPPORTED_VERSION);
      return new ConsumerProtocolAssignment(new ByteBufferAccessor(buffer), version);
    } catch (BufferUnderflowException end) {
      throw new SchemaException("an assignment of " + bytes.length + " bytes ends too early", end);
    }
  }

  private static short known(short told, short highest) {
    if (told < 0) {
      throw new SchemaException("the consumer protocol has no version " + told);
    }
    return told > highest ? highest : told;
  }

  /** Partitions of topics that exist. */
  public SortedSet<IdPartition> partitions(ConsumerProtocolAssignment assignment) {
    SortedSet<IdPartition> partitions = new TreeSet<>();
    assignment
        .assignedPartitions()
        .forEach(part -> add(part.topic(), part.partitions(), partitions));
    return partitions;
  }

  /** What the member says that it still owns, of topics that exist. */
  public SortedSet<IdPartition> owned(ConsumerProtocolSubscription subscription) {
    SortedSet<IdPartition> partitions = new TreeSet<>();
    subscription
        .ownedPartitions()
        .forEach(part -> add(part.topic(), part.partitions(), partitions));
    return partitions;
  }

  private void add(String topic, List<Integer> numbers, SortedSet<IdPartition> partitions) {
    TopicState known = image.topics().get(topic);
    if (known != null) {
      numbers.forEach(number -> partitions.add(new IdPartition(known.id(), number)));
    }
  }

  /**
   * The bytes of an assignment.
   *
   * @param metadata a subscription of the member that is to read it, in its version
   */
  public byte[] bytes(SortedSet<IdPartition> partitions, byte[] metadata) {
    SortedMap<String, List<Integer>> byTopic = new TreeMap<>();
    for (IdPartition partition : partitions) {
      image
          .topic(partition.topicId())
          .ifPresent(
              topic ->
                  byTopic
                      .computeIfAbsent(topic.name(), name -> new ArrayList<>())
                      .add(partition.partition()));
    }
    ConsumerProtocolAssignment assignment = new ConsumerProtocolAssignment();
    byTopic.forEach(
        (topic, numbers) ->
            assignment
                .assignedPartitions()
                .add(
                    new ConsumerProtocolAssignment.TopicPartition()
                        .setTopic(topic)
                        .setPartitions(numbers)));
    return MessageUtil.toVersionPrefixedBytes(version(metadata), assignment);
  }

  private static short version(byte[] metadata) {
    if (metadata.length < Short.BYTES) {
      throw new SchemaException("a subscription of " + metadata.length + " bytes has no version");
    }
    return known(
        ByteBuffer.wrap(metadata).getShort(), ConsumerProtocolAssignment.HIGHEST_SUPPORTED_VERSION);
  }
}
