package dev.trial.app.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.cluster.ReferenceCluster;
import dev.trial.broker.cluster.ReferenceClusterOptions;
import dev.trial.broker.defect.Defects;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.fault.Links;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.PartitionId;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunRecorder;
import dev.trial.core.world.RandomStream;
import dev.trial.engine.targets.LinkWiring;
import dev.trial.live.machine.DirectRoutes;
import dev.trial.live.machine.LiveMachines;
import dev.trial.live.machine.Routes;
import dev.trial.live.world.LiveWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reference cluster over TCP, used by plain Kafka clients as anybody would. */
@Timeout(60)
class LiveReferenceClusterTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String TOPIC = "orders";
  private static final PartitionId PARTITION = new PartitionId(TOPIC, 0);

  private static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("broker.session.timeout.ms", 2_000)
          .broker("broker.heartbeat.interval.ms", 400)
          .broker("controller.quorum.fetch.timeout.ms", 1_000)
          .broker("controller.quorum.election.timeout.ms", 600)
          .broker("replica.lag.time.max.ms", 2_000);

  @TempDir private Path directory;
  private final LiveWorld world = new LiveWorld(7);
  private final RunRecorder recorder = new RunRecorder(world.clock(), operation -> {});
  private final List<String> log = new CopyOnWriteArrayList<>();
  private LiveMachines machines;
  private ReferenceCluster cluster;

  private void startCluster(Routes routes, Links links) {
    machines =
        new LiveMachines(directory, world.clock(), routes, links, new RandomStream(7), log::add);
    cluster =
        new ReferenceCluster(
            new ReferenceClusterOptions(PROFILE, Defects.NONE), world, machines, recorder);
    cluster.start();
  }

  @AfterEach
  void close() {
    cluster.close();
    machines.close();
    world.close();
    assertEquals(List.of(), log.stream().filter(line -> line.contains(" FAILED ")).toList());
  }

  @Test
  void recordsSurviveTheLeaderThatTookThem() throws Exception {
    startCluster(new DirectRoutes(), null);
    createTopic();
    int leader = cluster.leader(PARTITION).orElseThrow();
    try (KafkaProducer<String, String> producer = producer()) {
      send(producer, 0, 500);
      List<Future<RecordMetadata>> inFlight = begin(producer, 500, 600);
      cluster.kill(ClusterShape.brokerName(leader));
      finish(inFlight);
      send(producer, 600, 1_000);
    }
    assertNotEquals(leader, cluster.leader(PARTITION).orElseThrow());
    assertEquals(values(1_000), consume(1_000));

    cluster.start(ClusterShape.brokerName(leader));
    await().atMost(SOON).until(cluster::healthy);
    assertEquals(values(1_000), consume(1_000));
    List<ReplicaLog> logs = cluster.dump(List.of(PARTITION));
    assertEquals(3, logs.size());
    for (ReplicaLog each : logs) {
      assertTrue(each.inSync());
      assertEquals(1_000, each.logEnd());
      assertEquals(logs.get(0).records(), each.records());
    }
  }

  @Test
  void proxiesCutTheLeaderOffItsFollowers() throws Exception {
    try (LinkWiring proxies = new LinkWiring(List::of)) {
      Links links = proxies.links();
      startCluster(proxies.routes(), links);
      createTopic();
      int leader = cluster.leader(PARTITION).orElseThrow();
      String leaderName = ClusterShape.brokerName(leader);
      List<String> followers = new ArrayList<>();
      cluster.replicas(PARTITION).forEach(id -> followers.add(ClusterShape.brokerName(id)));
      followers.remove(leaderName);
      try (KafkaProducer<String, String> producer = producer()) {
        send(producer, 0, 100);
        links.cut("fault", List.of(leaderName), followers);
        // A follower leaves the in-sync set for what it has not fetched: there must be something.
        List<Future<RecordMetadata>> held = begin(producer, 100, 200);
        await().atMost(SOON).until(() -> cluster.inSyncReplicas(PARTITION).equals(List.of(leader)));
        assertFalse(held.get(99).isDone());
        links.heal("fault");
        finish(held);
      }
      await().atMost(SOON).until(cluster::healthy);
      assertEquals(values(200), consume(200));
    }
  }

  // ---- clients

  private Map<String, Object> settings() {
    return Map.of("bootstrap.servers", cluster.bootstrapServers());
  }

  private void createTopic() throws Exception {
    try (Admin admin = Admin.create(settings())) {
      NewTopic topic = new NewTopic(TOPIC, 1, (short) 3);
      admin.createTopics(List.of(topic.configs(Map.of("min.insync.replicas", "2")))).all().get();
    }
    await().atMost(SOON).until(() -> cluster.inSyncReplicas(PARTITION).size() == 3);
  }

  private KafkaProducer<String, String> producer() {
    Map<String, Object> settings = new TreeMap<>(settings());
    settings.put("acks", "all");
    settings.put("linger.ms", 1);
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private static void send(KafkaProducer<String, String> producer, int from, int to)
      throws Exception {
    finish(begin(producer, from, to));
  }

  private static List<Future<RecordMetadata>> begin(
      KafkaProducer<String, String> producer, int from, int to) {
    List<Future<RecordMetadata>> sends = new ArrayList<>();
    for (int value = from; value < to; value++) {
      sends.add(producer.send(new ProducerRecord<>(TOPIC, 0, "key", "value-" + value)));
    }
    return sends;
  }

  private static void finish(List<Future<RecordMetadata>> sends) throws Exception {
    for (Future<RecordMetadata> each : sends) {
      assertTrue(each.get().offset() >= 0);
    }
  }

  private List<String> consume(int count) {
    Map<String, Object> settings = new TreeMap<>(settings());
    settings.put("enable.auto.commit", false);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
      consumer.seekToBeginning(consumer.assignment());
      await()
          .atMost(SOON)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> values.add(each.value()));
                return values.size() >= count;
              });
    }
    return values;
  }

  private static List<String> values(int count) {
    return IntStream.range(0, count).mapToObj(value -> "value-" + value).toList();
  }
}
