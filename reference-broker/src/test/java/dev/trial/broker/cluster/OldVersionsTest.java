package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.PartitionId;
import dev.trial.core.profile.Profile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.api.Test;

/** What clients of old releases ask, answered without the fields that their versions lack. */
class OldVersionsTest {
  private static final PartitionId PARTITION = new PartitionId("orders", 0);
  private static final int RECORDS = 3;
  private static final long LATEST = -1;
  private static final long EARLIEST = -2;
  private static final int EPOCH_SINCE = 4;

  /** Of a batch of magic 2. */
  private static final int CHECKSUM_AT = 17;

  private static final int ATTRIBUTES_AT = 21;

  @Test
  void offsetsAreListedInEveryVersion() {
    ClusterTrial trial =
        ClusterTrial.run(
            31,
            Profile.DEFAULTS,
            t -> {
              int leader = topic(t);
              for (short version = 1; version <= ApiKeys.LIST_OFFSETS.latestVersion(); version++) {
                assertEquals(answer(version, RECORDS), listed(t, leader, version, LATEST));
                assertEquals(answer(version, 0), listed(t, leader, version, EARLIEST));
              }
            });
    assertEquals(List.of(), trial.handlerFaults());
  }

  /**
   * Of versions before zstd KafkaApis asks batches for their compression, and the whole request
   * fails; later UnifiedLog does, and the partition fails. CompressionType.forId knows 0 to 4.
   */
  @Test
  void aCompressionThatThereIsNotIsAnUnknownErrorInEveryVersion() {
    ClusterTrial trial =
        ClusterTrial.run(
            33,
            Profile.DEFAULTS,
            t -> {
              int leader = topic(t);
              Uuid id = topicId(t, leader);
              for (short version = 3; version <= ApiKeys.PRODUCE.latestVersion(); version++) {
                assertEquals(Errors.NONE, produced(t, leader, id, version, 0));
                for (int compression = 5; compression <= 7; compression++) {
                  Errors answer = produced(t, leader, id, version, compression);
                  assertEquals(Errors.UNKNOWN_SERVER_ERROR, answer, "in version " + version);
                }
              }
            });
    assertEquals(List.of(), trial.handlerFaults());
  }

  private static Errors produced(
      ClusterTrial t, int leader, Uuid topicId, short version, int compression) {
    ProduceRequestData request = Requests.produce(topicId, PARTITION, 1, (short) -1);
    TopicProduceData topic = request.topicData().iterator().next();
    MemoryRecords records = (MemoryRecords) topic.partitionData().get(0).records();
    ByteBuffer batch = records.buffer();
    batch.putShort(ATTRIBUTES_AT, (short) compression);
    CRC32C checksum = new CRC32C();
    checksum.update(batch.slice(ATTRIBUTES_AT, batch.limit() - ATTRIBUTES_AT));
    batch.putInt(CHECKSUM_AT, (int) checksum.getValue());
    ProduceResponseData answer = t.call(leader, request, version, ProduceResponseData.class);
    return Errors.forCode(
        answer.responses().iterator().next().partitionResponses().get(0).errorCode());
  }

  private static int topic(ClusterTrial t) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
    int leader = t.cluster.leader(PARTITION).orElseThrow();
    Uuid id = topicId(t, leader);
    for (int value = 0; value < RECORDS; value++) {
      t.call(leader, Requests.produce(id, PARTITION, value, (short) -1), ProduceResponseData.class);
    }
    return leader;
  }

  private static Uuid topicId(ClusterTrial t, int leader) {
    return metadata(t, leader, (short) 13, new MetadataRequestTopic().setName("orders"))
        .topics()
        .find("orders")
        .topicId();
  }

  private static ListOffsetsPartitionResponse answer(short version, long offset) {
    return new ListOffsetsPartitionResponse()
        .setOffset(offset)
        .setLeaderEpoch(version < EPOCH_SINCE ? -1 : 0);
  }

  private static ListOffsetsPartitionResponse listed(
      ClusterTrial t, int leader, short version, long timestamp) {
    ListOffsetsRequestData request =
        new ListOffsetsRequestData()
            .setReplicaId(-1)
            .setTopics(
                List.of(
                    new ListOffsetsTopic()
                        .setName("orders")
                        .setPartitions(
                            List.of(new ListOffsetsPartition().setTimestamp(timestamp)))));
    return t.call(leader, request, version, ListOffsetsResponseData.class)
        .topics()
        .get(0)
        .partitions()
        .get(0);
  }

  /** KafkaApis.handleTopicMetadataRequest: versions 10 and 11 have the field and no use for it. */
  @Test
  void topicIdsAreRefusedWhereMetadataDoesNotServeThem() {
    ClusterTrial trial =
        ClusterTrial.run(
            32,
            Profile.DEFAULTS,
            t -> {
              MetadataRequestTopic byId =
                  new MetadataRequestTopic().setName(null).setTopicId(new Uuid(1, 2));
              for (short version = 10; version < 12; version++) {
                MetadataResponseData response = metadata(t, 1, version, byId);
                assertEquals(
                    Errors.INVALID_REQUEST.code(), response.topics().iterator().next().errorCode());
              }
              MetadataResponseData served = metadata(t, 1, (short) 12, byId);
              assertEquals(
                  Errors.UNKNOWN_TOPIC_ID.code(), served.topics().iterator().next().errorCode());
            });
    assertEquals(List.of(), trial.handlerFaults());
  }

  private static MetadataResponseData metadata(
      ClusterTrial t, int broker, short version, MetadataRequestTopic topic) {
    return t.call(
        broker,
        new MetadataRequestData().setTopics(List.of(topic)),
        version,
        MetadataResponseData.class);
  }
}
