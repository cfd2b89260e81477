package dev.trial.live.kafka;

import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.PartitionReassignment;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What an administrator does, over listeners that no fault touches. */
final class KafkaAdmin implements AutoCloseable {
  private static final int REQUEST_MS = 10_000;
  private static final long RETRY_MS = 100;
  private static final long PATIENCE_MS = 60_000;

  private final World world;
  private final Admin admin;

  KafkaAdmin(World world, String bootstrapServers) {
    this.world = world;
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "administrator",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                String.valueOf(REQUEST_MS),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                String.valueOf(REQUEST_MS)));
  }

  /** Creates topics that are not there yet; asks again while the cluster is not ready for it. */
  void createTopics(List<TopicSpec> topics) {
    for (TopicSpec topic : topics) {
      NewTopic request =
          new NewTopic(topic.name(), topic.partitions(), (short) topic.replicationFactor())
              .configs(topic.configs());
      ask(
          "topic " + topic.name() + " was refused",
          () -> admin.createTopics(List.of(request)).all(),
          TopicExistsException.class);
    }
  }

  /** Elects a replica outside the in-sync set. */
  void electUncleanly(PartitionId partition) {
    ask(
        "no unclean election of " + partition,
        () -> admin.electLeaders(ElectionType.UNCLEAN, Set.of(topicPartition(partition))).all(),
        ElectionNotNeededException.class);
  }

  /** Makes the first replica the leader, if it is in sync. */
  void electPreferred(PartitionId partition) {
    ask(
        "no preferred election of " + partition,
        () -> admin.electLeaders(ElectionType.PREFERRED, Set.of(topicPartition(partition))).all(),
        InvalidMetadataException.class); // it leads already, or is not in sync
  }

  /** Gives the topic so many partitions in all. */
  void addPartitions(String topic, int total) {
    ask(
        "no " + total + " partitions for " + topic,
        () -> admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all(),
        InvalidPartitionsException.class); // an answer was lost: it has them
  }

  /** Deletes the topic if it is there. */
  void deleteTopic(String topic) {
    ask(
        topic + " was not deleted",
        () -> admin.deleteTopics(List.of(topic)).all(),
        UnknownTopicOrPartitionException.class);
  }

  /** Deletes the first half of what is committed. */
  void deleteOldHalf(PartitionId partition) {
    long middle =
        (offset(partition, OffsetSpec.earliest()) + offset(partition, OffsetSpec.latest())) / 2;
    ask(
        "records of " + partition + " below " + middle + " were not deleted",
        () ->
            admin
                .deleteRecords(
                    Map.of(topicPartition(partition), RecordsToDelete.beforeOffset(middle)))
                .all(),
        OffsetOutOfRangeException.class); // it begins behind that already
  }

  /** Moves the partition to these brokers, the first as preferred leader. */
  void reassign(PartitionId partition, List<Integer> brokers) {
    TopicPartition moved = topicPartition(partition);
    Map<TopicPartition, PartitionReassignment> going =
        ask(
            "no list of reassignments",
            () -> admin.listPartitionReassignments(Set.of(moved)).reassignments(),
            UnknownTopicOrPartitionException.class);
    if (going != null && going.containsKey(moved)) {
      throw new IllegalStateException(partition + " is being reassigned already");
    }
    ask(
        partition + " was not moved to " + brokers,
        () ->
            admin
                .alterPartitionReassignments(
                    Map.of(moved, Optional.of(new NewPartitionReassignment(brokers))))
                .all(),
        None.class);
  }

  private long offset(PartitionId partition, OffsetSpec which) {
    TopicPartition asked = topicPartition(partition);
    return ask(
            "no offset of " + partition,
            () -> admin.listOffsets(Map.of(asked, which)).partitionResult(asked),
            None.class)
        .offset();
  }

  /** The high watermark as the leader tells it; empty if none answers. */
  Optional<Long> highWatermark(PartitionId partition) {
    try {
      return Optional.of(offset(partition, OffsetSpec.latest()));
    } catch (IllegalStateException nobodyAnswers) {
      return Optional.empty();
    }
  }

  private static TopicPartition topicPartition(PartitionId partition) {
    return new TopicPartition(partition.topic(), partition.partition());
  }

  /** Null when the answer was {@code harmless}. */
  private <T> T ask(
      String failed, Question<T> question, Class<? extends RuntimeException> harmless) {
    long deadlineMs = world.clock().millis() + PATIENCE_MS;
    while (true) {
      try {
        return question.ask().get(REQUEST_MS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException refused) {
        if (harmless.isInstance(refused.getCause())) {
          return null;
        }
        boolean again = refused.getCause() instanceof RetriableException;
        if (!again || world.clock().millis() > deadlineMs) {
          throw new IllegalStateException(failed + ": " + refused.getCause().getMessage(), refused);
        }
      } catch (TimeoutException late) {
        if (world.clock().millis() > deadlineMs) {
          throw new IllegalStateException(failed + ": no answer", late);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(failed + ": interrupted", e);
      }
      world.sleep(RETRY_MS);
    }
  }

  @Override
  public void close() {
    admin.close(java.time.Duration.ZERO);
  }

  /** No error is harmless. */
  private static final class None extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** One request. */
  private interface Question<T> {
    KafkaFuture<T> ask();
  }
}
