package dev.trial.broker.cluster;

import dev.trial.core.history.PartitionId;
import dev.trial.core.payload.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Requests as a client would send them. */
final class Requests {
  private Requests() {}

  static ProduceRequestData produce(
      org.apache.kafka.common.Uuid topicId, PartitionId partition, long value, short acks) {
    byte[] key = "k".getBytes(StandardCharsets.UTF_8);
    Payload payload = new Payload(value, partition.topic(), partition.partition(), "k", 0);
    MemoryRecords records =
        MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(0, key, payload.encode(0)));
    ProduceRequestData request = new ProduceRequestData().setAcks(acks).setTimeoutMs(3_000);
    request
        .topicData()
        .add(
            new TopicProduceData()
                .setName(partition.topic())
                .setTopicId(topicId)
                .setPartitionData(
                    List.of(
                        new PartitionProduceData()
                            .setIndex(partition.partition())
                            .setRecords(records))));
    return request;
  }

  static FetchRequestData fetch(
      org.apache.kafka.common.Uuid topicId, PartitionId partition, long offset) {
    return new FetchRequestData()
        .setMaxWaitMs(0)
        .setMinBytes(0)
        .setTopics(
            List.of(
                new FetchTopic()
                    .setTopic(partition.topic())
                    .setTopicId(topicId)
                    .setPartitions(
                        List.of(
                            new FetchPartition()
                                .setPartition(partition.partition())
                                .setFetchOffset(offset)
                                .setPartitionMaxBytes(1 << 20)))));
  }

  /** The values in an answer, as far as they carry one. */
  static List<Long> values(FetchResponseData response) {
    List<Long> values = new ArrayList<>();
    MemoryRecords records =
        (MemoryRecords) response.responses().get(0).partitions().get(0).records();
    for (Record record : records.records()) {
      byte[] bytes = new byte[record.valueSize()];
      record.value().get(bytes);
      values.add(dev.trial.core.payload.PayloadReader.valueOf(null, bytes));
    }
    return values;
  }

  static JoinGroupRequestData join(String group, String memberId) {
    JoinGroupRequestData request =
        new JoinGroupRequestData()
            .setGroupId(group)
            .setMemberId(memberId)
            .setProtocolType("consumer")
            .setSessionTimeoutMs(10_000)
            .setRebalanceTimeoutMs(10_000);
    request
        .protocols()
        .add(new JoinGroupRequestProtocol().setName("range").setMetadata(new byte[] {1}));
    return request;
  }

  static OffsetCommitRequestData commit(
      String group,
      String memberId,
      int generation,
      org.apache.kafka.common.Uuid topicId,
      PartitionId partition,
      long offset) {
    return new OffsetCommitRequestData()
        .setGroupId(group)
        .setMemberId(memberId)
        .setGenerationIdOrMemberEpoch(generation)
        .setTopics(
            List.of(
                new OffsetCommitRequestTopic()
                    .setName(partition.topic())
                    .setTopicId(topicId)
                    .setPartitions(
                        List.of(
                            new OffsetCommitRequestPartition()
                                .setPartitionIndex(partition.partition())
                                .setCommittedOffset(offset)
                                .setCommittedMetadata("")))));
  }

  static OffsetFetchRequestData committed(
      String group, org.apache.kafka.common.Uuid topicId, PartitionId partition) {
    return new OffsetFetchRequestData()
        .setRequireStable(true)
        .setGroups(
            List.of(
                new OffsetFetchRequestGroup()
                    .setGroupId(group)
                    .setTopics(
                        List.of(
                            new OffsetFetchRequestTopics()
                                .setName(partition.topic())
                                .setTopicId(topicId)
                                .setPartitionIndexes(List.of(partition.partition()))))));
  }
}
