package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.profile.Profile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.message.DescribeQuorumRequestData;
import org.apache.kafka.common.message.DescribeQuorumRequestData.TopicData;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.PartitionData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.ReplicaState;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** What the leader of the metadata quorum tells of it (KIP-595, KIP-836). */
class QuorumQueriesTest {
  private static final int BROKER = 1;
  private static final int NEVER = -1;

  @Test
  void everyReplicaOfTheMetadataIsTold() {
    ClusterTrial.run(1, Profile.DEFAULTS, QuorumQueriesTest::describeIdle);
  }

  private static void describeIdle(ClusterTrial t) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
    t.world.sleep(2_000);
    DescribeQuorumResponseData answer = ask(t, BROKER);
    PartitionData quorum = answer.topics().get(0).partitions().get(0);
    int leader = t.cluster.activeController().orElseThrow();
    assertEquals(leader, quorum.leaderId());
    assertEquals(Set.of(101, 102, 103), ids(quorum.currentVoters()));
    assertEquals(Set.of(1, 2, 3), ids(quorum.observers()));
    long nowMs = t.world.clock().epochMs();
    for (List<ReplicaState> replicas : List.of(quorum.currentVoters(), quorum.observers())) {
      for (ReplicaState replica : replicas) {
        assertEquals(quorum.highWatermark(), replica.logEndOffset(), replica::toString);
        assertTrue(nowMs - replica.lastFetchTimestamp() < 1_500, replica::toString);
        assertTrue(nowMs - replica.lastCaughtUpTimestamp() < 1_500, replica::toString);
      }
    }
    assertEquals(3, answer.nodes().size());
    assertEquals(
        ClusterShape.controllerName(101),
        answer.nodes().find(101).listeners().find("CONTROLLER").host());
  }

  @Test
  void aReplicaThatIsGoneFallsBehind() {
    ClusterTrial.run(
        2,
        Profile.DEFAULTS,
        t -> {
          t.world.sleep(2_000);
          t.cluster.kill(ClusterShape.brokerName(3));
          long killedMs = t.world.clock().epochMs();
          t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 2, Map.of())));
          t.world.sleep(5_000);
          PartitionData quorum = ask(t, BROKER).topics().get(0).partitions().get(0);
          ReplicaState behind =
              quorum.observers().stream().filter(r -> r.replicaId() == 3).findFirst().orElseThrow();
          assertTrue(behind.logEndOffset() < quorum.highWatermark(), behind::toString);
          assertTrue(behind.lastFetchTimestamp() <= killedMs, behind::toString);
          assertTrue(behind.lastCaughtUpTimestamp() <= behind.lastFetchTimestamp());
          t.world.sleep(301_000);
          quorum = ask(t, BROKER).topics().get(0).partitions().get(0);
          assertEquals(Set.of(1, 2), ids(quorum.observers()), "forgotten after five minutes");
        });
  }

  @Test
  void whileControllersFailOverTheAnswerIsTheNextLeadersOrARefusal() {
    ClusterTrial.run(3, Profile.DEFAULTS, QuorumQueriesTest::describeThroughFailover);
  }

  private static void describeThroughFailover(ClusterTrial t) {
    t.world.sleep(1_000);
    PartitionData before = ask(t, BROKER).topics().get(0).partitions().get(0);
    t.cluster.kill(ClusterShape.controllerName(before.leaderId()));
    PartitionData[] after = {null};
    assertTrue(
        t.eventually(
            30_000,
            () -> {
              DescribeQuorumResponseData answer = ask(t, BROKER);
              if (answer == null || answer.topics().isEmpty()) {
                return false; // no leader in time
              }
              PartitionData told = answer.topics().get(0).partitions().get(0);
              if (told.errorCode() != 0) {
                assertEquals(Errors.NOT_LEADER_OR_FOLLOWER.code(), told.errorCode());
                return false;
              }
              after[0] = told;
              return told.highWatermark() >= 0;
            }));
    assertNotEquals(before.leaderId(), after[0].leaderId());
    assertTrue(after[0].leaderEpoch() > before.leaderEpoch());
    ReplicaState dead =
        after[0].currentVoters().stream()
            .filter(voter -> voter.replicaId() == before.leaderId())
            .findFirst()
            .orElseThrow();
    assertEquals(NEVER, dead.lastFetchTimestamp(), "of this leader it never fetched");
    assertEquals(NEVER, dead.logEndOffset());
    t.cluster.start(ClusterShape.controllerName(before.leaderId()));
    assertTrue(
        t.eventually(
            20_000,
            () -> {
              PartitionData now = ask(t, BROKER).topics().get(0).partitions().get(0);
              return now.currentVoters().stream()
                  .allMatch(voter -> voter.logEndOffset() >= after[0].highWatermark());
            }),
        "the former leader catches up");
  }

  @Test
  void othersRefuse() {
    ClusterTrial.run(
        4,
        Profile.DEFAULTS,
        t -> {
          int leader = t.cluster.activeController().orElseThrow();
          int follower = leader == 103 ? 101 : leader + 1;
          assertEquals(
              Errors.NOT_LEADER_OR_FOLLOWER.code(),
              ask(t, follower).topics().get(0).partitions().get(0).errorCode());
          DescribeQuorumResponseData other =
              t.call(leader, request("orders"), DescribeQuorumResponseData.class);
          assertEquals(
              Errors.UNKNOWN_TOPIC_OR_PARTITION.code(),
              other.topics().get(0).partitions().get(0).errorCode());
        });
  }

  private static DescribeQuorumResponseData ask(ClusterTrial t, int node) {
    return t.call(node, request("__cluster_metadata"), DescribeQuorumResponseData.class);
  }

  private static DescribeQuorumRequestData request(String topic) {
    return new DescribeQuorumRequestData()
        .setTopics(
            List.of(
                new TopicData()
                    .setTopicName(topic)
                    .setPartitions(List.of(new DescribeQuorumRequestData.PartitionData()))));
  }

  private static Set<Integer> ids(List<ReplicaState> replicas) {
    Set<Integer> ids = new TreeSet<>();
    replicas.forEach(replica -> ids.add(replica.replicaId()));
    return ids;
  }
}
