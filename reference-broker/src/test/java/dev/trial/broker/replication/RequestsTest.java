package dev.trial.broker.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.broker.defect.Defects;
import dev.trial.broker.log.Batches;
import dev.trial.core.world.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private final TestCluster cluster =
      new TestCluster(new RandomStream(5), Defects.NONE, Map.of("min.insync.replicas", "2"));

  @BeforeEach
  void settle() {
    cluster.run(500);
  }

  @Test
  void acksOneIsHiddenWhileTheInSyncSetIsTooSmall() {
    cluster.kill(2);
    cluster.kill(3);
    cluster.run(3_000);
    assertEquals(List.of(1), cluster.controller.state().inSyncReplicas());
    assertEquals(Errors.NOT_ENOUGH_REPLICAS, produce(-1));
    assertEquals(Errors.NONE, produce(1));
    FetchResponseData.PartitionData read = fetch(0, 0);
    assertEquals(0, read.records().sizeInBytes(), "KAFKA-15583: acked, yet invisible");
    assertEquals(0, read.highWatermark());
    assertEquals(0, offset(-1).offset());
    cluster.restart(2);
    cluster.run(3_000);
    assertEquals(1, fetch(0, 0).highWatermark());
    assertEquals(1, offset(-1).offset());
  }

  @Test
  void consumersAreToldWhereTheyStand() {
    assertEquals(Errors.NONE, produce(-1));
    assertEquals(Errors.NONE.code(), fetch(1, 0).errorCode());
    assertEquals(Errors.OFFSET_OUT_OF_RANGE.code(), fetch(2, 0).errorCode());
    assertEquals(Errors.UNKNOWN_LEADER_EPOCH.code(), fetch(0, 9).errorCode());
    assertEquals(0, offset(-2).offset());
    assertEquals(0, offset(-3).offset(), "the record with the largest timestamp");
    assertEquals(-1, offset(Long.MAX_VALUE).offset());
  }

  /** UnifiedLog.searchOffsetInLocalLog and Partition.fetchOffsetForTimestamp of Kafka 4.3.1. */
  @Test
  void timesAreLookedUpInTheLog() {
    long[] timestamps = {50, 90, 70, 90, 60};
    for (long timestamp : timestamps) {
      assertEquals(Errors.NONE, produce(-1, timestamp));
    }
    assertEquals(0, offset(0).offset());
    assertEquals(0, offset(50).offset());
    assertEquals(1, offset(51).offset());
    assertEquals(90, offset(51).timestamp());
    assertEquals(1, offset(90).offset(), "the first of equals");
    assertEquals(-1, offset(91).offset());
    assertEquals(1, offset(-3).offset(), "the first record with the largest timestamp");
    assertEquals(90, offset(-3).timestamp());
    assertEquals(-1, offset(-5).offset(), "there is no tier");
    assertEquals(5, offset(-1).offset());
    cluster.log(1).raiseStart(2);
    assertEquals(2, offset(-2).offset());
    assertEquals(2, offset(50).offset());
    assertEquals(3, offset(80).offset(), "what was deleted is not found");
    assertEquals(1, offset(-3).offset(), "except as the largest, as in Kafka");
  }

  @Test
  void producerIdsAreNeverGivenTwice() {
    InitProducerIdRequestData request = new InitProducerIdRequestData().setTransactionalId(null);
    assertEquals(0, ((InitProducerIdResponseData) call(request)).producerId());
    assertEquals(1, ((InitProducerIdResponseData) call(request)).producerId());
    request.setTransactionalId("t");
    assertEquals(
        Errors.UNSUPPORTED_VERSION.code(),
        ((InitProducerIdResponseData) call(request)).errorCode());
  }

  /** KIP-951 has no form before Fetch 16 and Produce 10, nor KIP-595's leader before Fetch 12. */
  @Test
  void oldClientsAreToldOfTheLeaderOnlyWhatTheirVersionCanHold() {
    for (short version = 4; version <= 16; version++) {
      FetchResponseData answer = (FetchResponseData) callOld(followersFetch(), version);
      FetchResponseData.PartitionData partition = answer.responses().get(0).partitions().get(0);
      assertEquals(Errors.NOT_LEADER_OR_FOLLOWER.code(), partition.errorCode());
      assertEquals(version >= 12 ? 1 : -1, partition.currentLeader().leaderId());
      assertEquals(version >= 16 ? 1 : 0, answer.nodeEndpoints().size());
    }
    for (short version = 3; version <= 11; version++) {
      ProduceResponseData answer = (ProduceResponseData) callOld(produceByName(), version);
      assertEquals(version >= 10 ? 1 : 0, answer.nodeEndpoints().size());
    }
  }

  /** Of another replica: a consumer may read from a follower since Fetch 11 (KIP-392). */
  private static FetchRequestData followersFetch() {
    FetchRequestData.FetchPartition partition =
        new FetchRequestData.FetchPartition().setPartitionMaxBytes(1 << 20);
    return new FetchRequestData()
        .setReplicaId(3)
        .setTopics(
            List.of(
                new FetchRequestData.FetchTopic()
                    .setTopic("t")
                    .setTopicId(TestController.TOPIC_ID)
                    .setPartitions(List.of(partition))));
  }

  private static ProduceRequestData produceByName() {
    ProduceRequestData.PartitionProduceData partition =
        new ProduceRequestData.PartitionProduceData()
            .setRecords(MemoryRecords.readableRecords(Batches.plain(1, 1, 1)));
    ProduceRequestData request = new ProduceRequestData().setAcks((short) 1);
    request
        .topicData()
        .add(
            new ProduceRequestData.TopicProduceData()
                .setName("t")
                .setPartitionData(List.of(partition)));
    return request;
  }

  private ApiMessage callOld(ApiMessage request, short version) {
    AtomicReference<ApiMessage> answer = new AtomicReference<>();
    cluster.callOld(2, request, version, answer::set);
    return answer.get();
  }

  private Errors produce(int acks) {
    return produce(acks, 1);
  }

  private Errors produce(int acks, long timestamp) {
    MemoryRecords records = MemoryRecords.readableRecords(Batches.plain(1, 1, timestamp));
    ProduceRequestData request = new ProduceRequestData().setAcks((short) acks).setTimeoutMs(300);
    request
        .topicData()
        .add(
            new ProduceRequestData.TopicProduceData()
                .setTopicId(TestController.TOPIC_ID)
                .setPartitionData(
                    List.of(
                        new ProduceRequestData.PartitionProduceData()
                            .setIndex(0)
                            .setRecords(records))));
    ProduceResponseData response = (ProduceResponseData) call(request);
    return Errors.forCode(
        response.responses().iterator().next().partitionResponses().get(0).errorCode());
  }

  private FetchResponseData.PartitionData fetch(long offset, int epoch) {
    FetchRequestData request =
        new FetchRequestData()
            .setMaxWaitMs(50)
            .setMinBytes(1)
            .setTopics(
                List.of(
                    new FetchRequestData.FetchTopic()
                        .setTopicId(TestController.TOPIC_ID)
                        .setPartitions(
                            List.of(
                                new FetchRequestData.FetchPartition()
                                    .setFetchOffset(offset)
                                    .setCurrentLeaderEpoch(epoch)
                                    .setPartitionMaxBytes(1 << 20)))));
    return ((FetchResponseData) call(request)).responses().get(0).partitions().get(0);
  }

  private ListOffsetsResponseData.ListOffsetsPartitionResponse offset(long timestamp) {
    ListOffsetsRequestData request =
        new ListOffsetsRequestData()
            .setReplicaId(-1)
            .setTopics(
                List.of(
                    new ListOffsetsRequestData.ListOffsetsTopic()
                        .setName("t")
                        .setPartitions(
                            List.of(
                                new ListOffsetsRequestData.ListOffsetsPartition()
                                    .setTimestamp(timestamp)))));
    return ((ListOffsetsResponseData) call(request)).topics().get(0).partitions().get(0);
  }

  private ApiMessage call(ApiMessage request) {
    AtomicReference<ApiMessage> answer = new AtomicReference<>();
    cluster.call(1, request, 0, answer::set);
    cluster.run(600);
    return answer.get();
  }
}
