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
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

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

  /** The high watermark as the leader tells it; empty if none answers. */
  Optional<Long> highWatermark(PartitionId partition) {
    TopicPartition asked = topicPartition(partition);
    return Optional.ofNullable(
            ask(
                "no high watermark of " + partition,
                () -> admin.listOffsets(Map.of(asked, OffsetSpec.latest())).partitionResult(asked),
                RuntimeException.class))
        .map(result -> result.offset());
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
        boolean again = refused.getCause() instanceof RetriableException;
        if (harmless.isInstance(refused.getCause()) && !again) {
          return null;
        }
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

  /** One request. */
  private interface Question<T> {
    KafkaFuture<T> ask();
  }
}
