package dev.trial.broker.node;

import dev.trial.broker.log.PartitionLog;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.replication.ReplicaService;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.Handlers;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDir;
import org.apache.kafka.common.message.AlterReplicaLogDirsResponseData;
import org.apache.kafka.common.message.AlterReplicaLogDirsResponseData.AlterReplicaLogDirPartitionResult;
import org.apache.kafka.common.message.AlterReplicaLogDirsResponseData.AlterReplicaLogDirTopicResult;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * The one log directory of a broker (KIP-113): what lies in it, and that nothing can be moved to
 * another, by the rules of ReplicaManager.
 */
final class LogDirs {
  private static final int NAME_LENGTH_MAX = 255;

  /** What a future log's directory is called beyond topic and partition (LocalLog). */
  private static final int FUTURE_SUFFIX_LENGTH = ".".length() + 32 + "-future".length();

  private final ReplicaService replicas;
  private final Supplier<? extends MetadataImage> image;
  private final String directory;

  LogDirs(
      ReplicaService replicas, Supplier<? extends MetadataImage> image, BrokerSettings settings) {
    this.replicas = replicas;
    this.image = image;
    this.directory = settings.text("log.dirs", settings.text("log.dir", "/tmp/kafka-logs"));
  }

  /** Serves DESCRIBE_LOG_DIRS and ALTER_REPLICA_LOG_DIRS. */
  void register(Handlers handlers) {
    handlers.register(
        ApiKeys.DESCRIBE_LOG_DIRS,
        (c, request, r) -> r.answer(describe((DescribeLogDirsRequestData) request)));
    handlers.register(
        ApiKeys.ALTER_REPLICA_LOG_DIRS,
        (c, request, r) -> r.answer(alter((AlterReplicaLogDirsRequestData) request)));
  }

  private DescribeLogDirsResponseData describe(DescribeLogDirsRequestData request) {
    Map<String, DescribeLogDirsTopic> topics = new TreeMap<>();
    Set<PartitionId> asked = request.topics() == null ? null : asked(request);
    for (PartitionId hosted : replicas.hosted()) {
      if (asked == null || asked.contains(hosted)) {
        topics
            .computeIfAbsent(hosted.topic(), name -> new DescribeLogDirsTopic().setName(name))
            .partitions()
            .add(partition(hosted));
      }
    }
    // The disk's size is not known here: total and usable bytes stay at −1, Kafka's mark for that.
    return new DescribeLogDirsResponseData()
        .setResults(
            List.of(
                new DescribeLogDirsResult()
                    .setLogDir(directory)
                    .setTopics(new ArrayList<>(topics.values()))));
  }

  private static Set<PartitionId> asked(DescribeLogDirsRequestData request) {
    Set<PartitionId> asked = new TreeSet<>();
    request
        .topics()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(index -> asked.add(new PartitionId(topic.topic(), index))));
    return asked;
  }

  private DescribeLogDirsPartition partition(PartitionId id) {
    PartitionLog log = replicas.log(id);
    return new DescribeLogDirsPartition()
        .setPartitionIndex(id.partition())
        .setPartitionSize(log.sizeBytes())
        .setOffsetLag(Math.max(log.highWatermark() - log.endOffset(), 0));
  }

  private AlterReplicaLogDirsResponseData alter(AlterReplicaLogDirsRequestData request) {
    Map<PartitionId, Errors> outcomes = new TreeMap<>();
    for (AlterReplicaLogDir dir : request.dirs()) {
      dir.topics()
          .forEach(
              topic ->
                  topic
                      .partitions()
                      .forEach(
                          index -> {
                            PartitionId id = new PartitionId(topic.name(), index);
                            outcomes.put(id, alter(id, dir.path()));
                          }));
    }
    Map<String, AlterReplicaLogDirTopicResult> topics = new TreeMap<>();
    outcomes.forEach(
        (id, error) ->
            topics
                .computeIfAbsent(
                    id.topic(), name -> new AlterReplicaLogDirTopicResult().setTopicName(name))
                .partitions()
                .add(
                    new AlterReplicaLogDirPartitionResult()
                        .setPartitionIndex(id.partition())
                        .setErrorCode(error.code())));
    return new AlterReplicaLogDirsResponseData().setResults(new ArrayList<>(topics.values()));
  }

  /** A replica is where it is wanted if the broker has it at all (KAFKA-4893 for the length). */
  private Errors alter(PartitionId id, String path) {
    if ((id.topic() + "-" + id.partition()).length() + FUTURE_SUFFIX_LENGTH > NAME_LENGTH_MAX) {
      return Errors.INVALID_TOPIC_EXCEPTION;
    }
    if (!path.equals(directory)) {
      return Errors.KAFKA_STORAGE_ERROR;
    }
    if (replicas.log(id) != null) {
      return Errors.NONE;
    }
    boolean elsewhere = image.get().partition(id).isPresent();
    return elsewhere ? Errors.REPLICA_NOT_AVAILABLE : Errors.UNKNOWN_TOPIC_OR_PARTITION;
  }
}
