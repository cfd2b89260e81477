package dev.trial.workloads.program;

import dev.trial.core.history.PartitionId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Hears of the commits that the client makes by itself (auto commit), which nothing else of the
 * public API tells. The sink comes as an object among the settings: {@link #SINK}.
 */
public final class CommitInterceptor implements ConsumerInterceptor<byte[], byte[]> {

  /** Name of the setting that holds the {@code Consumer<Map<PartitionId, Long>>} to be told. */
  public static final String SINK = "trial.commit.sink";

  private Consumer<Map<PartitionId, Long>> sink = offsets -> {};

  @Override
  @SuppressWarnings("unchecked")
  public void configure(Map<String, ?> settings) {
    Object given = settings.get(SINK);
    if (given != null) {
      sink = (Consumer<Map<PartitionId, Long>>) given;
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<PartitionId, Long> ids = new TreeMap<>();
    offsets.forEach((partition, offset) -> ids.put(Partitions.id(partition), offset.offset()));
    sink.accept(ids);
  }

  @Override
  public void close() {}
}
