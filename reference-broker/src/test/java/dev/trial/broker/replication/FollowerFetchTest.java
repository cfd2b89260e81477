package dev.trial.broker.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.log.Batches;
import dev.trial.core.world.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.api.Test;

/** KIP-392, rule by rule. Broker 1 leads; broker N is in rack-N. */
class FollowerFetchTest {
  private static final int LEADER = 1;
  private static final int NOBODY = -1;

  private TestCluster cluster = settled(Defects.NONE);

  private static TestCluster settled(Defects defects) {
    TestCluster cluster =
        new TestCluster(new RandomStream(5), defects, Map.of("min.insync.replicas", "1"));
    cluster.run(500);
    return cluster;
  }

  @Test
  void aLeaderSendsConsumersToTheReplicaInTheirRack() {
    assertEquals(Errors.NONE, produce());
    PartitionData told = fetch(LEADER, "rack-2", 0);
    assertEquals(2, told.preferredReadReplica());
    assertEquals(0, told.records().sizeInBytes(), "who is sent on is given nothing");
    assertEquals(3, fetch(LEADER, "rack-3", 0).preferredReadReplica());
  }

  @Test
  void aLeaderServesItsOwnRackAndWhoHasNoReplicaNear() {
    assertEquals(Errors.NONE, produce());
    for (String rack : List.of("rack-1", "rack-9", "")) {
      PartitionData read = fetch(LEADER, rack, 0);
      assertEquals(NOBODY, read.preferredReadReplica(), rack);
      assertTrue(read.records().sizeInBytes() > 0, rack);
    }
  }

  @Test
  void nobodyIsSentToAReplicaThatIsOutOfSyncOrDoesNotHoldTheOffset() {
    cluster.isolate(2);
    assertEquals(Errors.NONE, produce());
    assertEquals(NOBODY, fetch(LEADER, "rack-2", 1).preferredReadReplica(), "it ends before that");
    cluster.run(4_000);
    assertEquals(NOBODY, fetch(LEADER, "rack-2", 0).preferredReadReplica(), "it is out of sync");
  }

  @Test
  void aFollowerServesWhatIsCommitted() {
    assertEquals(Errors.NONE, produce());
    cluster.run(300);
    PartitionData read = fetch(2, "rack-2", 0);
    assertEquals(Errors.NONE.code(), read.errorCode());
    assertEquals(1, read.highWatermark());
    assertTrue(read.records().sizeInBytes() > 0);
    assertEquals(Errors.OFFSET_OUT_OF_RANGE.code(), fetch(2, "rack-2", 2).errorCode());
  }

  @Test
  void aFollowerKeepsWhatIsNotCommittedToItself() {
    assertEquals(0, tailReadFromFollower(Defects.NONE));
    Defects defect = new Defects(Set.of(Defect.READ_ABOVE_HIGH_WATERMARK));
    assertTrue(tailReadFromFollower(defect) > 0, "the defect of that name");
  }

  /** A node with another rack is another node to a consumer: it would fetch twice at one broker. */
  @Test
  void theAddressOfTheLeaderComesWithItsRack() {
    assertEquals(
        "rack-1", produceAt(2).nodeEndpoints().iterator().next().rack(), "in Produce (KIP-951)");
    FetchRequestData request = request("", 0);
    request.setReplicaState(new FetchRequestData.ReplicaState().setReplicaId(3));
    FetchResponseData answer = (FetchResponseData) call(2, request);
    assertEquals("rack-1", answer.nodeEndpoints().iterator().next().rack(), "in Fetch");
  }

  /** Broker 2 has the record; broker 3, still in sync, does not: the watermark stands before it. */
  private int tailReadFromFollower(Defects defects) {
    cluster = settled(defects);
    cluster.isolate(3);
    assertEquals(Errors.NONE, produce());
    cluster.run(300);
    assertEquals(1, cluster.log(2).endOffset());
    assertEquals(0, cluster.log(2).highWatermark());
    return fetch(2, "rack-2", 0).records().sizeInBytes();
  }

  private Errors produce() {
    ProduceResponseData response = produceAt(LEADER);
    return Errors.forCode(
        response.responses().iterator().next().partitionResponses().get(0).errorCode());
  }

  private ProduceResponseData produceAt(int broker) {
    MemoryRecords records = MemoryRecords.readableRecords(Batches.plain(1, 1, 1));
    ProduceRequestData request = new ProduceRequestData().setAcks((short) 1).setTimeoutMs(300);
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
    return (ProduceResponseData) call(broker, request);
  }

  private PartitionData fetch(int broker, String rack, long offset) {
    FetchResponseData answer = (FetchResponseData) call(broker, request(rack, offset));
    return answer.responses().get(0).partitions().get(0);
  }

  private static FetchRequestData request(String rack, long offset) {
    return new FetchRequestData()
        .setMaxWaitMs(50)
        .setMinBytes(1)
        .setRackId(rack)
        .setTopics(
            List.of(
                new FetchRequestData.FetchTopic()
                    .setTopicId(TestController.TOPIC_ID)
                    .setPartitions(
                        List.of(
                            new FetchRequestData.FetchPartition()
                                .setFetchOffset(offset)
                                .setPartitionMaxBytes(1 << 20)))));
  }

  /** Not longer than a request takes, for time moves replicas out of sync. */
  private ApiMessage call(int broker, ApiMessage request) {
    AtomicReference<ApiMessage> answer = new AtomicReference<>();
    cluster.call(broker, request, 0, answer::set);
    cluster.run(100);
    return answer.get();
  }
}
