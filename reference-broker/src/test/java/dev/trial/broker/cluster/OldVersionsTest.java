package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.PartitionId;
import dev.trial.core.profile.Profile;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** What clients of old releases ask, answered without the fields that their versions lack. */
class OldVersionsTest {
  private static final PartitionId PARTITION = new PartitionId("orders", 0);
  private static final int RECORDS = 3;
  private static final long LATEST = -1;
  private static final long EARLIEST = -2;
  private static final int EPOCH_SINCE = 4;

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

  private static int topic(ClusterTrial t) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
    int leader = t.cluster.leader(PARTITION).orElseThrow();
    Uuid id =
        metadata(t, leader, (short) 13, new MetadataRequestTopic().setName("orders"))
            .topics()
            .find("orders")
            .topicId();
    for (int value = 0; value < RECORDS; value++) {
      t.call(leader, Requests.produce(id, PARTITION, value, (short) -1), ProduceResponseData.class);
    }
    return leader;
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
