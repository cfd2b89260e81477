package dev.trial.app.live.streams;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.trial.app.live.PlainCluster;
import dev.trial.broker.cluster.ReferenceCluster;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.history.PartitionId;
import dev.trial.live.artifact.Artifacts;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka Streams from its released jar, unmodified, with processing.guarantee=exactly_once_v2 on the
 * reference cluster over TCP: a leader is killed, then the application, and each input has one
 * copy, and each count is there once.
 */
@Tag("streams")
@Timeout(600)
class StreamsExactlyOnceTest {
  private static final Duration LONG = Duration.ofSeconds(180);
  private static final int PARTITIONS = 3;
  private static final int KEYS = 10;
  private static final int RECORDS = 3_000;

  @TempDir private Path directory;
  private PlainCluster plain;
  private ReferenceCluster cluster;
  private Process application;

  @BeforeEach
  void start() throws Exception {
    plain = new PlainCluster(directory.resolve("nodes"), 11);
    cluster = plain.cluster();
    try (Admin admin = Admin.create(settings())) {
      List<NewTopic> topics = new ArrayList<>();
      for (String name : List.of(CopyAndCount.INPUT, CopyAndCount.COPY, CopyAndCount.COUNTS)) {
        topics.add(
            new NewTopic(name, PARTITIONS, (short) 3).configs(Map.of("min.insync.replicas", "2")));
      }
      admin.createTopics(topics).all().get();
    }
    startApplication();
  }

  @AfterEach
  void close() throws InterruptedException {
    killApplication();
    plain.close();
  }

  @Test
  void aLeaderIsKilledAndThenTheApplication() throws Exception {
    PartitionId output = new PartitionId(CopyAndCount.COPY, 0);
    int leader = cluster.leader(output).orElseThrow();
    try (KafkaProducer<String, String> producer = producer()) {
      send(producer, 0, 1_000);
      awaitCopies(500);
      List<Future<RecordMetadata>> inFlight = begin(producer, 1_000, 2_000);
      cluster.kill(ClusterShape.brokerName(leader));
      finish(inFlight);
      awaitCopies(2_000);
      assertNotEquals(leader, cluster.leader(output).orElseThrow());
      cluster.start(ClusterShape.brokerName(leader));
      send(producer, 2_000, 2_500);
      killApplication();
      startApplication();
      send(producer, 2_500, RECORDS);
    }
    awaitCopies(RECORDS);
    await()
        .atMost(LONG)
        .until(() -> read(CopyAndCount.COUNTS, new LongDeserializer()).size() >= RECORDS);
    assertEquals(values(0, RECORDS), sortedCopies());
    assertEquals(everyCountOnce(), counts());
  }

  // ---- the application

  private void startApplication() throws IOException, URISyntaxException {
    List<String> classPath = new ArrayList<>();
    classPath.add(
        Path.of(CopyAndCount.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString());
    String coordinates = "org.apache.kafka:kafka-streams:4.3.1";
    new Artifacts()
        .classPath(List.of(coordinates), List.of())
        .forEach(jar -> classPath.add(jar.toString()));
    application =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                String.join(File.pathSeparator, classPath),
                CopyAndCount.class.getName(),
                cluster.bootstrapServers(),
                directory.resolve("state").toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("streams.log").toFile()))
            .start();
  }

  private void killApplication() throws InterruptedException {
    if (application != null) {
      application.destroyForcibly().waitFor();
    }
  }

  // ---- what goes in

  private Map<String, Object> settings() {
    return plain.settings();
  }

  private KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(settings(), new StringSerializer(), new StringSerializer());
  }

  private static void send(KafkaProducer<String, String> producer, int from, int to)
      throws ExecutionException, InterruptedException {
    finish(begin(producer, from, to));
  }

  private static List<Future<RecordMetadata>> begin(
      KafkaProducer<String, String> producer, int from, int to) {
    List<Future<RecordMetadata>> sends = new ArrayList<>();
    for (int value = from; value < to; value++) {
      String key = "key-" + value % KEYS;
      sends.add(producer.send(new ProducerRecord<>(CopyAndCount.INPUT, key, text(value))));
    }
    return sends;
  }

  private static void finish(List<Future<RecordMetadata>> sends)
      throws ExecutionException, InterruptedException {
    for (Future<RecordMetadata> each : sends) {
      each.get();
    }
  }

  private static String text(int value) {
    return "%06d".formatted(value);
  }

  private static List<String> values(int from, int to) {
    return IntStream.range(from, to).mapToObj(StreamsExactlyOnceTest::text).toList();
  }

  // ---- what comes out

  private void awaitCopies(int count) {
    await().atMost(LONG).until(() -> sortedCopies().size() >= count);
  }

  private List<String> sortedCopies() {
    return read(CopyAndCount.COPY, new StringDeserializer()).stream()
        .map(ConsumerRecord::value)
        .sorted()
        .toList();
  }

  /** The counts of each key in the order they were written. */
  private Map<String, List<Long>> counts() {
    Map<String, List<Long>> counts = new TreeMap<>();
    for (ConsumerRecord<String, Long> each : read(CopyAndCount.COUNTS, new LongDeserializer())) {
      counts.computeIfAbsent(each.key(), key -> new ArrayList<>()).add(each.value());
    }
    return counts;
  }

  private static Map<String, List<Long>> everyCountOnce() {
    Map<String, List<Long>> counts = new TreeMap<>();
    for (int key = 0; key < KEYS; key++) {
      counts.put("key-" + key, LongStream.rangeClosed(1, RECORDS / KEYS).boxed().toList());
    }
    return counts;
  }

  /** What is committed in a topic now. */
  private <V> List<ConsumerRecord<String, V>> read(String topic, Deserializer<V> values) {
    Map<String, Object> settings = new TreeMap<>(settings());
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    List<ConsumerRecord<String, V>> records = new ArrayList<>();
    try (KafkaConsumer<String, V> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS).mapToObj(i -> new TopicPartition(topic, i)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
