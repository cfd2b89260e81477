package dev.trial.app.live.scale;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;

/** One topic of many partitions with three replicas: created, written, read, deleted. */
final class ManyPartitions {
  private static final String TOPIC = "many";
  private static final Duration LONG = Duration.ofSeconds(180);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Map<String, Object> settings;
  private final int partitions;
  private final Figures figures;

  ManyPartitions(String bootstrapServers, int partitions, Figures figures) {
    this.settings = Map.of("bootstrap.servers", bootstrapServers);
    this.partitions = partitions;
    this.figures = figures;
  }

  void measure() throws Exception {
    String each = partitions + " partitions";
    try (Admin admin = Admin.create(settings)) {
      admin.describeCluster().nodes().get();
      watched(each + ", created and all in sync", () -> create(admin));
      figures.time(each + ", described", () -> full(admin));
      figures.time("a record to each of " + each + ", acks=all", this::produce);
      figures.time(each + " read from the beginning", this::consume);
      watched(each + ", deleted", () -> delete(admin));
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private void watched(String what, Work work) throws Exception {
    try (AnswerWatch watch = new AnswerWatch(settings)) {
      figures.time(
          what,
          () -> {
            work.run();
            return null;
          });
      figures.note(what + ": slowest answer of a broker", watch.slowestNs());
    }
  }

  private void create(Admin admin) throws Exception {
    admin.createTopics(List.of(new NewTopic(TOPIC, partitions, (short) 3))).all().get();
    await().atMost(LONG).pollInterval(LOOK).until(() -> full(admin));
  }

  private boolean full(Admin admin) throws Exception {
    try {
      TopicDescription topic =
          admin.describeTopics(List.of(TOPIC)).allTopicNames().get().get(TOPIC);
      return topic.partitions().size() == partitions
          && topic.partitions().stream()
              .allMatch(each -> each.leader() != null && each.isr().size() == 3);
    } catch (ExecutionException notYet) {
      assertInstanceOf(UnknownTopicOrPartitionException.class, notYet.getCause());
      return false;
    }
  }

  private Void produce() throws Exception {
    Map<String, Object> own = new HashMap<>(settings);
    own.put("acks", "all");
    own.put("linger.ms", 5);
    try (KafkaProducer<Integer, Integer> producer =
        new KafkaProducer<>(own, new IntegerSerializer(), new IntegerSerializer())) {
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (int partition = 0; partition < partitions; partition++) {
        sends.add(producer.send(new ProducerRecord<>(TOPIC, partition, partition, partition)));
      }
      for (Future<RecordMetadata> send : sends) {
        assertEquals(0, send.get().offset());
      }
    }
    return null;
  }

  private Void consume() {
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(each -> new TopicPartition(TOPIC, each)).toList();
    TreeSet<Integer> read = new TreeSet<>();
    try (KafkaConsumer<Integer, Integer> consumer =
        new KafkaConsumer<>(settings, new IntegerDeserializer(), new IntegerDeserializer())) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> read.add(each.value()));
                return read.size() == partitions;
              });
    }
    return null;
  }

  private void delete(Admin admin) throws Exception {
    admin.deleteTopics(List.of(TOPIC)).all().get();
    await().atMost(LONG).pollInterval(LOOK).until(() -> gone(admin));
  }

  private static boolean gone(Admin admin) throws Exception {
    return !admin.listTopics().names().get().contains(TOPIC);
  }
}
