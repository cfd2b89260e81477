package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Logged;
import dev.trial.core.history.PartitionId;
import dev.trial.core.profile.Profile;
import dev.trial.core.world.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** acks=all and min.insync.replicas=2 lose nothing when one node at a time is hit. */
class ClusterChaosTest {
  private static final PartitionId PARTITION = new PartitionId("orders", 0);
  private static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("min.insync.replicas", 2)
          .broker("log.retention.ms", -1) // the records here are of 1970
          .broker("broker.session.timeout.ms", 3_000)
          .broker("broker.heartbeat.interval.ms", 500)
          .broker("replica.lag.time.max.ms", 3_000);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 43, 52, 56, 69})
  void nothingAcknowledgedIsLost(long seed) {
    Set<Long> acknowledged = new TreeSet<>();
    ClusterTrial trial =
        ClusterTrial.run(seed, PROFILE, t -> trouble(t, new RandomStream(seed), acknowledged));
    assertEquals(List.of(), trial.facts(Action.Oracle.class));
  }

  private static void trouble(ClusterTrial t, RandomStream random, Set<Long> acknowledged) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
    Uuid topic = topicId(t);
    List<String> nodes = List.of("broker-1", "broker-2", "broker-3", "controller-101");
    long value = 0;
    for (int round = 0; round < 6; round++) {
      String victim = random.pick(nodes);
      int how = random.nextInt(4);
      hit(t, victim, how);
      for (int i = 0; i < 40; i++) {
        if (produce(t, topic, ++value)) {
          acknowledged.add(value);
        }
        t.world.sleep(random.nextInt(100));
      }
      t.cluster.links().healAll();
      t.cluster.resume(victim);
      t.cluster.start(victim);
      assertTrue(t.world.await(90_000, t.cluster::healthy), () -> victim + how + t.logs);
    }
    t.world.sleep(1_000);
    assertTrue(acknowledged.size() > 50, () -> "only " + acknowledged.size());
    List<ReplicaLog> logs = t.cluster.dump(List.of(PARTITION));
    assertEquals(3, logs.size());
    for (ReplicaLog log : logs) {
      assertEquals(logs.get(0).records(), log.records());
      Set<Long> held = log.records().stream().map(Logged::value).collect(Collectors.toSet());
      assertTrue(held.containsAll(acknowledged), () -> "lost on " + log.broker());
    }
  }

  private static void hit(ClusterTrial t, String victim, int how) {
    switch (how) {
      case 0 -> t.cluster.kill(victim);
      case 1 -> t.cluster.stop(victim);
      case 2 -> t.cluster.pause(victim);
      default ->
          t.cluster
              .links()
              .cut("cut", List.of(victim), List.of("broker-1", "broker-2", "broker-3"));
    }
  }

  private static boolean produce(ClusterTrial t, Uuid topic, long value) {
    OptionalInt leader = t.cluster.leader(PARTITION);
    if (leader.isEmpty() || !t.cluster.running(ClusterShape.brokerName(leader.getAsInt()))) {
      return false;
    }
    ProduceResponseData response =
        t.call(
            leader.getAsInt(),
            Requests.produce(topic, PARTITION, value, (short) -1),
            ProduceResponseData.class);
    return response != null
        && response.responses().iterator().next().partitionResponses().get(0).errorCode()
            == Errors.NONE.code();
  }

  private static Uuid topicId(ClusterTrial t) {
    Uuid[] id = {Uuid.ZERO_UUID};
    t.eventually(
        10_000,
        () -> {
          MetadataResponseData answer =
              t.call(
                  1,
                  new MetadataRequestData()
                      .setTopics(List.of(new MetadataRequestTopic().setName("orders"))),
                  MetadataResponseData.class);
          id[0] = answer.topics().find("orders").topicId();
          return !id[0].equals(Uuid.ZERO_UUID);
        });
    return id[0];
  }
}
