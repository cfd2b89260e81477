package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.PartitionId;
import dev.trial.core.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDir;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDirTopic;
import org.apache.kafka.common.message.AlterReplicaLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** What administrators ask of a broker about topics, log directories and settings. */
class AdminQueriesTest {
  private static final int BROKER = 1;
  private static final String DIRECTORY = "/tmp/kafka-logs";
  private static final PartitionId ORDERS = new PartitionId("orders", 0);

  // ---- DescribeTopicPartitions (KIP-966)

  @Test
  void topicsAreDescribedPageByPage() {
    ClusterTrial.run(1, Profile.DEFAULTS, AdminQueriesTest::readPages);
  }

  private static void readPages(ClusterTrial t) {
    t.cluster.createTopics(
        List.of(
            new TopicSpec("bills", 3, 3, Map.of()),
            new TopicSpec("orders", 1, 2, Map.of()),
            new TopicSpec("refunds", 4, 1, Map.of())));
    known(t, "bills", "orders", "refunds");
    for (int limit = 1; limit <= 9; limit++) {
      List<String> read = new ArrayList<>();
      DescribeTopicPartitionsRequestData request = new DescribeTopicPartitionsRequestData();
      DescribeTopicPartitionsResponseData page;
      do {
        page = describe(t, request.setResponsePartitionLimit(limit));
        int before = read.size();
        page.topics()
            .forEach(
                topic ->
                    topic.partitions().forEach(p -> read.add(topic.name() + p.partitionIndex())));
        assertTrue(read.size() > before && read.size() - before <= limit, "page of " + limit);
        request.setCursor(asked(page.nextCursor()));
      } while (page.nextCursor() != null);
      List<String> all =
          List.of(
              "bills0",
              "bills1",
              "bills2",
              "orders0",
              "refunds0",
              "refunds1",
              "refunds2",
              "refunds3");
      assertEquals(all, read, "pages of " + limit);
    }
  }

  private static DescribeTopicPartitionsRequestData.Cursor asked(Cursor cursor) {
    return cursor == null
        ? null
        : new DescribeTopicPartitionsRequestData.Cursor()
            .setTopicName(cursor.topicName())
            .setPartitionIndex(cursor.partitionIndex());
  }

  @Test
  void aCursorBelongsToItsRequestAndUnknownTopicsAreToldApart() {
    ClusterTrial.run(
        2,
        Profile.DEFAULTS.broker("max.request.partition.size.limit", 2),
        t -> {
          t.cluster.createTopics(List.of(new TopicSpec("orders", 3, 3, Map.of())));
          known(t, "orders");
          DescribeTopicPartitionsResponseData page = describe(t, of("orders", "none", "not good"));
          assertEquals(
              Map.of("none", (short) 3, "not good", (short) 17, "orders", (short) 0), codes(page));
          assertEquals("orders", page.nextCursor().topicName());
          assertEquals(2, page.nextCursor().partitionIndex(), "the broker's own limit");
          assertEquals(
              Map.of("none", Errors.INVALID_REQUEST.code()),
              codes(describe(t, of("none").setCursor(cursor("orders", 0)))));
          assertEquals(
              Map.of("orders", Errors.INVALID_REQUEST.code()),
              codes(describe(t, of("orders").setCursor(cursor("orders", -1)))));
          page = describe(t, of("orders", "none").setCursor(cursor("orders", 2)));
          assertEquals(Map.of("orders", (short) 0), codes(page), "what is before is done");
          assertNull(page.nextCursor());
        });
  }

  @Test
  void eligibleLeadersAreToldWhereTheyAreKept() {
    ClusterTrial.run(
        3,
        Profile.DEFAULTS
            .broker("eligible.leader.replicas.version", 1)
            .broker("min.insync.replicas", 2),
        AdminQueriesTest::loseAllReplicas);
  }

  private static void loseAllReplicas(ClusterTrial t) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
    int last = t.cluster.leader(ORDERS).orElseThrow();
    List<Integer> others =
        t.cluster.replicas(ORDERS).stream().filter(broker -> broker != last).toList();
    for (int broker : others) {
      t.cluster.stop(ClusterShape.brokerName(broker));
    }
    DescribeTopicPartitionsResponsePartition one =
        orders(t, last, part -> part.isrNodes().size() == 1);
    assertEquals(last, one.leaderId());
    assertEquals(
        Set.of(others.get(1)), Set.copyOf(one.eligibleLeaderReplicas()), "below the minimum");
    assertEquals(Set.copyOf(others), Set.copyOf(one.offlineReplicas()));
    assertEquals(List.of(), one.lastKnownElr());
    t.cluster.kill(ClusterShape.brokerName(last));
    t.cluster.start(ClusterShape.brokerName(others.get(0)));
    DescribeTopicPartitionsResponsePartition none =
        orders(t, others.get(0), part -> part.isrNodes().isEmpty());
    assertEquals(-1, none.leaderId());
    assertEquals(Set.of(last, others.get(1)), Set.copyOf(none.eligibleLeaderReplicas()));
    assertEquals(List.of(last), none.lastKnownElr());
  }

  private static DescribeTopicPartitionsResponsePartition orders(
      ClusterTrial t, int broker, Predicate<DescribeTopicPartitionsResponsePartition> wanted) {
    DescribeTopicPartitionsResponsePartition[] found = {null};
    boolean seen =
        t.eventually(
            60_000,
            () -> {
              DescribeTopicPartitionsResponseData answer =
                  t.call(broker, of("orders"), DescribeTopicPartitionsResponseData.class);
              if (answer == null || answer.topics().find("orders").partitions().isEmpty()) {
                return false;
              }
              found[0] = answer.topics().find("orders").partitions().get(0);
              return wanted.test(found[0]);
            });
    assertTrue(seen, () -> "last seen: " + found[0]);
    return found[0];
  }

  private static DescribeTopicPartitionsRequestData of(String... names) {
    return new DescribeTopicPartitionsRequestData()
        .setTopics(Stream.of(names).map(name -> new TopicRequest().setName(name)).toList());
  }

  private static DescribeTopicPartitionsRequestData.Cursor cursor(String topic, int partition) {
    return new DescribeTopicPartitionsRequestData.Cursor()
        .setTopicName(topic)
        .setPartitionIndex(partition);
  }

  private static DescribeTopicPartitionsResponseData describe(
      ClusterTrial t, DescribeTopicPartitionsRequestData request) {
    return t.call(BROKER, request, DescribeTopicPartitionsResponseData.class);
  }

  private static Map<String, Short> codes(DescribeTopicPartitionsResponseData page) {
    Map<String, Short> codes = new TreeMap<>();
    for (DescribeTopicPartitionsResponseTopic topic : page.topics()) {
      codes.put(topic.name(), topic.errorCode());
    }
    return codes;
  }

  /** Waits until the broker that is asked knows the topics. */
  private static void known(ClusterTrial t, String... names) {
    assertTrue(
        t.eventually(
            10_000, () -> codes(describe(t, of(names))).values().stream().allMatch(c -> c == 0)));
  }

  // ---- log directories (KIP-113)

  @Test
  void whatLiesInTheLogDirectoryIsTold() {
    ClusterTrial.run(4, Profile.DEFAULTS, AdminQueriesTest::describeLogs);
  }

  private static void describeLogs(ClusterTrial t) {
    t.cluster.createTopics(
        List.of(new TopicSpec("bills", 2, 3, Map.of()), new TopicSpec("orders", 1, 3, Map.of())));
    known(t, "bills", "orders");
    int leader = t.cluster.leader(ORDERS).orElseThrow();
    assertTrue(t.world.await(20_000, t.cluster::healthy));
    Uuid id = describe(t, of("orders")).topics().find("orders").topicId();
    ProduceResponseData produced =
        t.call(leader, Requests.produce(id, ORDERS, 1, (short) -1), ProduceResponseData.class);
    assertEquals(0, produced.responses().iterator().next().partitionResponses().get(0).errorCode());
    Map<String, Long> all = sizes(t, leader, new DescribeLogDirsRequestData().setTopics(null));
    assertEquals(Set.of("bills-0", "bills-1", "orders-0"), all.keySet());
    assertEquals(0, all.get("bills-0"));
    long batch = all.get("orders-0");
    assertTrue(batch > 61, "more than a batch's header: " + batch);
    DescribeLogDirsRequestData asked = new DescribeLogDirsRequestData();
    asked
        .topics()
        .add(new DescribableLogDirTopic().setTopic("orders").setPartitions(List.of(0, 7)));
    assertEquals(Map.of("orders-0", batch), sizes(t, leader, asked), "only what was asked for");
    assertEquals(Map.of(), sizes(t, leader, new DescribeLogDirsRequestData()), "nothing asked for");
  }

  private static Map<String, Long> sizes(
      ClusterTrial t, int broker, DescribeLogDirsRequestData request) {
    DescribeLogDirsResponseData answer = t.call(broker, request, DescribeLogDirsResponseData.class);
    assertEquals(1, answer.results().size());
    DescribeLogDirsResult result = answer.results().get(0);
    assertEquals(DIRECTORY, result.logDir());
    assertEquals(-1, result.totalBytes());
    Map<String, Long> sizes = new TreeMap<>();
    result
        .topics()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(
                        part -> {
                          assertEquals(0, part.offsetLag());
                          sizes.put(
                              topic.name() + "-" + part.partitionIndex(), part.partitionSize());
                        }));
    return sizes;
  }

  @Test
  void replicasCanOnlyBeMovedToWhereTheyAre() {
    ClusterTrial.run(
        5,
        Profile.DEFAULTS,
        t -> {
          t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 1, Map.of())));
          known(t, "orders");
          int leader = t.cluster.leader(ORDERS).orElseThrow();
          assertTrue(t.world.await(20_000, t.cluster::healthy));
          assertEquals(Errors.NONE, moved(t, leader, DIRECTORY, "orders"));
          assertEquals(Errors.KAFKA_STORAGE_ERROR, moved(t, leader, "/else/where", "orders"));
          assertEquals(Errors.REPLICA_NOT_AVAILABLE, moved(t, leader % 3 + 1, DIRECTORY, "orders"));
          assertEquals(Errors.UNKNOWN_TOPIC_OR_PARTITION, moved(t, leader, DIRECTORY, "none"));
          assertEquals(
              Errors.INVALID_TOPIC_EXCEPTION, moved(t, leader, DIRECTORY, "n".repeat(230)));
        });
  }

  private static Errors moved(ClusterTrial t, int broker, String path, String topic) {
    AlterReplicaLogDirsRequestData request = new AlterReplicaLogDirsRequestData();
    AlterReplicaLogDir dir = new AlterReplicaLogDir().setPath(path);
    dir.topics().add(new AlterReplicaLogDirTopic().setName(topic).setPartitions(List.of(0)));
    request.dirs().add(dir);
    AlterReplicaLogDirsResponseData answer =
        t.call(broker, request, AlterReplicaLogDirsResponseData.class);
    assertEquals(topic, answer.results().get(0).topicName());
    return Errors.forCode(answer.results().get(0).partitions().get(0).errorCode());
  }

  // ---- ListConfigResources (KIP-1142)

  @Test
  void whatHasSettingsIsListed() {
    ClusterTrial.run(
        6,
        Profile.DEFAULTS,
        t -> {
          t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 1, Map.of())));
          known(t, "orders");
          assertEquals(Set.of("4:1", "4:2", "4:3"), listed(t, (short) 1, Type.BROKER));
          assertEquals(Set.of("2:orders"), listed(t, (short) 1, Type.TOPIC));
          assertEquals(Set.of(), listed(t, (short) 1, Type.GROUP));
          assertEquals(7, listed(t, (short) 1).size(), "brokers twice and the topic");
          assertEquals(Set.of(), listed(t, (short) 0), "there are no metrics subscriptions");
          ListConfigResourcesResponseData unknown =
              t.call(
                  BROKER,
                  new ListConfigResourcesRequestData().setResourceTypes(List.of((byte) 77)),
                  ListConfigResourcesResponseData.class);
          assertEquals(Errors.UNSUPPORTED_VERSION.code(), unknown.errorCode());
        });
  }

  private static Set<String> listed(ClusterTrial t, short version, Type... types) {
    ListConfigResourcesRequestData request =
        new ListConfigResourcesRequestData()
            .setResourceTypes(Stream.of(types).map(Type::id).toList());
    ListConfigResourcesResponseData answer =
        t.call(BROKER, request, version, ListConfigResourcesResponseData.class);
    assertNotNull(answer);
    assertEquals(0, answer.errorCode());
    Set<String> listed = new TreeSet<>();
    answer.configResources().forEach(r -> listed.add(r.resourceType() + ":" + r.resourceName()));
    return listed;
  }
}
