package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Leadership;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.PartitionId;
import dev.trial.core.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class ReferenceClusterTest {
  private static final PartitionId PARTITION = new PartitionId("orders", 0);
  private static final Profile SAFE =
      Profile.DEFAULTS
          .broker("min.insync.replicas", 2)
          .broker("broker.session.timeout.ms", 3_000)
          .broker("broker.heartbeat.interval.ms", 500);

  @Test
  void comesUpSoonAndIdlesCheaply() {
    long[] upMs = {0};
    ClusterTrial trial =
        ClusterTrial.run(
            1,
            Profile.DEFAULTS,
            t -> {
              upMs[0] = t.world.clock().millis();
              t.world.sleep(60_000);
              assertTrue(t.cluster.healthy());
            });
    assertTrue(upMs[0] < 5_000, () -> upMs[0] + " ms: " + trial.logs);
    assertTrue(trial.simulation.eventsFired() < 10_000);
    assertEquals(6, trial.facts(Action.Node.class).size());
  }

  @Test
  void acknowledgedRecordsOutliveTheirLeader() {
    ClusterTrial trial = ClusterTrial.run(2, SAFE, ReferenceClusterTest::produceAcrossFailover);
    assertNoBrokenInvariant(trial);
    List<Leadership> elections =
        trial.facts(Leadership.class).stream()
            .filter(fact -> fact.partition().equals(PARTITION))
            .toList();
    assertEquals(Election.FIRST, elections.get(0).election());
    assertTrue(elections.stream().anyMatch(fact -> fact.election() == Election.CLEAN));
  }

  private static void produceAcrossFailover(ClusterTrial t) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 2, 3, Map.of())));
    int before = t.cluster.leader(PARTITION).orElseThrow();
    Uuid topic = topicId(t, before);
    for (long value = 0; value < 100; value++) {
      assertEquals(Errors.NONE, produce(t, before, topic, value));
    }
    t.cluster.kill(ClusterShape.brokerName(before));
    assertTrue(t.world.await(20_000, () -> t.cluster.leader(PARTITION).orElse(before) != before));
    int after = t.cluster.leader(PARTITION).orElseThrow();
    for (long value = 100; value < 200; value++) {
      assertEquals(Errors.NONE, produceUntilTaken(t, after, topic, value));
    }
    List<Long> expected = new ArrayList<>();
    for (long value = 0; value < 200; value++) {
      expected.add(value);
    }
    assertEquals(expected, readAll(t, after, topic));
    t.cluster.start(ClusterShape.brokerName(before));
    assertTrue(t.world.await(60_000, t.cluster::healthy), () -> "not healthy: " + t.logs);
    List<ReplicaLog> logs = t.cluster.dump(List.of(PARTITION));
    assertEquals(3, logs.size());
    assertEquals(logs.get(0).records(), logs.get(1).records());
    assertEquals(logs.get(0).records(), logs.get(2).records());
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    String once =
        ClusterTrial.run(9, SAFE, ReferenceClusterTest::commitAcrossFailover)
            .simulation
            .traceHash();
    String again =
        ClusterTrial.run(9, SAFE, ReferenceClusterTest::commitAcrossFailover)
            .simulation
            .traceHash();
    String other =
        ClusterTrial.run(10, SAFE, ReferenceClusterTest::commitAcrossFailover)
            .simulation
            .traceHash();
    assertEquals(once, again);
    assertNotEquals(once, other);
  }

  @Test
  void aGracefulStopMovesLeadersFirst() {
    ClusterTrial trial =
        ClusterTrial.run(
            3,
            SAFE,
            t -> {
              t.cluster.createTopics(List.of(new TopicSpec("orders", 3, 3, Map.of())));
              int leader = t.cluster.leader(PARTITION).orElseThrow();
              long beginMs = t.world.clock().millis();
              t.cluster.stop(ClusterShape.brokerName(leader));
              assertTrue(t.world.clock().millis() - beginMs < 2_000, () -> "slow: " + t.logs);
              assertNotEquals(OptionalInt.of(leader), t.cluster.leader(PARTITION));
              assertTrue(t.cluster.leader(PARTITION).isPresent());
              t.cluster.start(ClusterShape.brokerName(leader));
              assertTrue(t.world.await(30_000, t.cluster::healthy), () -> "sick: " + t.logs);
            });
    assertNoBrokenInvariant(trial);
  }

  @Test
  void aControllerFailsOver() {
    ClusterTrial.run(
        4,
        SAFE,
        t -> {
          int before = t.cluster.activeController().orElseThrow();
          t.cluster.kill(ClusterShape.controllerName(before));
          assertTrue(
              t.world.await(20_000, () -> t.cluster.activeController().orElse(before) != before));
          t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
          t.cluster.start(ClusterShape.controllerName(before));
          assertTrue(t.world.await(20_000, t.cluster::healthy));
        });
  }

  @Test
  void anUncleanElectionIsMadePossible() {
    ClusterTrial trial =
        ClusterTrial.run(
            5,
            SAFE.broker("replica.lag.time.max.ms", 2_000).broker("min.insync.replicas", 1),
            ReferenceClusterTest::electUncleanly);
    assertNoBrokenInvariant(trial);
    assertTrue(
        trial.facts(Leadership.class).stream()
            .anyMatch(fact -> fact.election() == Election.UNCLEAN));
  }

  private static void electUncleanly(ClusterTrial t) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
    int leader = t.cluster.leader(PARTITION).orElseThrow();
    Uuid topic = topicId(t, leader);
    int lagging =
        t.cluster.replicas(PARTITION).stream()
            .filter(broker -> broker != leader)
            .findFirst()
            .orElseThrow();
    t.cluster.links().cut("lag", List.of(ClusterShape.brokerName(lagging)), others(lagging));
    // A follower that has everything stays in sync without fetching: one record makes it lag.
    assertEquals(Errors.NONE, produce(t, leader, topic, 1, 1));
    assertTrue(t.world.await(20_000, () -> !t.cluster.inSyncReplicas(PARTITION).contains(lagging)));
    assertEquals(Errors.NONE, produce(t, leader, topic, 2));
    t.cluster.electUncleanly(PARTITION);
    assertEquals(OptionalInt.of(lagging), t.cluster.leader(PARTITION));
    t.cluster.links().healAll();
    assertTrue(t.world.await(60_000, t.cluster::healthy), () -> "not healthy: " + t.logs);
    // Its last fetch was under way before the cut; what was acknowledged later is lost.
    assertEquals(List.of(1L), readAll(t, lagging, topic));
  }

  private static List<String> others(int broker) {
    List<String> names = new ArrayList<>();
    for (int id = 1; id <= 3; id++) {
      if (id != broker) {
        names.add(ClusterShape.brokerName(id));
      }
    }
    return names;
  }

  @Test
  void committedOffsetsOutliveTheCoordinator() {
    ClusterTrial trial = ClusterTrial.run(6, SAFE, ReferenceClusterTest::commitAcrossFailover);
    assertNoBrokenInvariant(trial);
  }

  private static void commitAcrossFailover(ClusterTrial t) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
    Uuid topic = topicId(t, 1);
    int coordinator = findCoordinator(t, 1);
    assertEquals(OptionalInt.of(coordinator), t.cluster.groupCoordinator("g"));
    assertTrue(t.world.await(20_000, t.cluster::healthy));
    JoinGroupResponseData told =
        t.call(coordinator, Requests.join("g", ""), JoinGroupResponseData.class);
    assertEquals(Errors.MEMBER_ID_REQUIRED.code(), told.errorCode());
    JoinGroupResponseData joined =
        t.call(coordinator, Requests.join("g", told.memberId()), JoinGroupResponseData.class);
    assertEquals(Errors.NONE.code(), joined.errorCode());
    assertEquals(joined.memberId(), joined.leader());
    SyncGroupResponseData synced = t.call(coordinator, sync(joined), SyncGroupResponseData.class);
    assertEquals(Errors.NONE.code(), synced.errorCode());
    assertEquals(7, synced.assignment()[0]);
    assertEquals(Errors.NONE, commit(t, coordinator, joined, topic, 41));
    t.cluster.kill(ClusterShape.brokerName(coordinator));
    assertTrue(
        t.world.await(
            20_000, () -> t.cluster.groupCoordinator("g").orElse(coordinator) != coordinator));
    int next = t.cluster.groupCoordinator("g").orElseThrow();
    assertEquals(41, fetchCommitted(t, next, topic));
    // The group itself moved too: same member, same generation.
    assertTrue(t.eventually(10_000, () -> commit(t, next, joined, topic, 42) == Errors.NONE));
    assertEquals(42, fetchCommitted(t, next, topic));
  }

  private static SyncGroupRequestData sync(JoinGroupResponseData joined) {
    SyncGroupRequestData request =
        new SyncGroupRequestData()
            .setGroupId("g")
            .setMemberId(joined.memberId())
            .setGenerationId(joined.generationId())
            .setProtocolType("consumer")
            .setProtocolName("range");
    request
        .assignments()
        .add(
            new SyncGroupRequestAssignment()
                .setMemberId(joined.memberId())
                .setAssignment(new byte[] {7}));
    return request;
  }

  private static Errors commit(
      ClusterTrial t, int broker, JoinGroupResponseData joined, Uuid topic, long offset) {
    OffsetCommitResponseData response =
        t.call(
            broker,
            Requests.commit(
                "g", joined.memberId(), joined.generationId(), topic, PARTITION, offset),
            OffsetCommitResponseData.class);
    return Errors.forCode(response.topics().get(0).partitions().get(0).errorCode());
  }

  private static long fetchCommitted(ClusterTrial t, int broker, Uuid topic) {
    OffsetFetchResponseData.OffsetFetchResponseGroup group;
    do {
      group =
          t.call(broker, Requests.committed("g", topic, PARTITION), OffsetFetchResponseData.class)
              .groups()
              .get(0);
    } while (group.errorCode() == Errors.NOT_COORDINATOR.code()
        || group.errorCode() == Errors.COORDINATOR_LOAD_IN_PROGRESS.code());
    assertEquals(Errors.NONE.code(), group.errorCode());
    return group.topics().get(0).partitions().get(0).committedOffset();
  }

  private static int findCoordinator(ClusterTrial t, int broker) {
    int[] found = {-1};
    boolean known =
        t.eventually(
            20_000,
            () -> {
              FindCoordinatorResponseData answer =
                  t.call(
                      broker,
                      new FindCoordinatorRequestData().setCoordinatorKeys(List.of("g")),
                      FindCoordinatorResponseData.class);
              found[0] = answer.coordinators().get(0).nodeId();
              return answer.coordinators().get(0).errorCode() == Errors.NONE.code();
            });
    assertTrue(known);
    return found[0];
  }

  private static Uuid topicId(ClusterTrial t, int broker) {
    MetadataResponseData[] answer = {null};
    boolean known =
        t.eventually(
            10_000,
            () -> {
              answer[0] =
                  t.call(
                      broker,
                      new MetadataRequestData()
                          .setTopics(List.of(new MetadataRequestTopic().setName("orders"))),
                      MetadataResponseData.class);
              return answer[0].topics().find("orders").errorCode() == Errors.NONE.code();
            });
    assertTrue(known);
    return answer[0].topics().find("orders").topicId();
  }

  private static Errors produce(ClusterTrial t, int broker, Uuid topic, long value) {
    return produce(t, broker, topic, value, -1);
  }

  private static Errors produce(ClusterTrial t, int broker, Uuid topic, long value, int acks) {
    ProduceResponseData response =
        t.call(
            broker,
            Requests.produce(topic, PARTITION, value, (short) acks),
            ProduceResponseData.class);
    return Errors.forCode(
        response.responses().iterator().next().partitionResponses().get(0).errorCode());
  }

  /** A new leader may not know yet that it leads, or that enough followers are in sync. */
  private static Errors produceUntilTaken(ClusterTrial t, int broker, Uuid topic, long value) {
    Errors error = produce(t, broker, topic, value);
    while (error == Errors.NOT_LEADER_OR_FOLLOWER || error == Errors.NOT_ENOUGH_REPLICAS) {
      t.world.sleep(20);
      error = produce(t, broker, topic, value);
    }
    return error;
  }

  private static List<Long> readAll(ClusterTrial t, int broker, Uuid topic) {
    List<Long> values = new ArrayList<>();
    List<Long> more;
    do {
      more =
          Requests.values(
              t.call(
                  broker,
                  Requests.fetch(topic, PARTITION, values.size()),
                  FetchResponseData.class));
      values.addAll(more);
    } while (!more.isEmpty());
    return values;
  }

  private static void assertNoBrokenInvariant(ClusterTrial trial) {
    assertEquals(List.of(), trial.facts(Action.Oracle.class));
  }
}
