package dev.trial.workloads.clienttest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What everybody does with a client: a topic, records, a group that reads and commits, a
 * transaction. It calls what kafka-clients has had since 0.11, so that any release can run it.
 */
public final class EverydayClient {
  private static final int PARTITIONS = 2;
  private static final int POLLS_MAX = 300;

  private final Map<String, Object> settings;
  private final String topic;
  private final boolean durations;
  private final Consumer<String> notes;

  /**
   * @param topic its own, made here
   * @param durations whether polls take a Duration (2.0, KIP-266)
   * @param notes gets what was seen
   */
  public EverydayClient(
      Map<String, Object> settings, String topic, boolean durations, Consumer<String> notes) {
    this.settings = settings;
    this.topic = topic;
    this.durations = durations;
    this.notes = notes;
  }

  /** Does all of it; with {@code serverSide} also a group of the new protocol (KIP-848). */
  public void run(boolean serverSide) throws ExecutionException, InterruptedException {
    createTopic();
    produce();
    group("classic", Collections.emptyMap());
    if (serverSide) {
      group("consumer", Collections.singletonMap("group.protocol", "consumer"));
    }
    transactions();
  }

  private void createTopic() throws ExecutionException, InterruptedException {
    try (AdminClient admin = AdminClient.create(settings)) {
      NewTopic wanted = new NewTopic(topic, PARTITIONS, (short) 3);
      admin.createTopics(Collections.singletonList(wanted)).all().get();
    }
  }

  private void produce() throws ExecutionException, InterruptedException {
    Map<String, Object> own = new HashMap<>(settings);
    own.put("acks", "all");
    own.put("enable.idempotence", true);
    long offsets = 0;
    try (KafkaProducer<String, String> producer = producer(own)) {
      for (int i = 0; i < 4; i++) {
        offsets += producer.send(record(i % PARTITIONS, "p" + i)).get().offset();
      }
    }
    notes.accept("produced, sum of offsets " + offsets);
  }

  private void group(String name, Map<String, Object> protocol) {
    Map<String, Object> own = new HashMap<>(protocol);
    own.put("group.id", topic + "-" + name);
    try (KafkaConsumer<String, String> consumer = consumer(own)) {
      consumer.subscribe(Collections.singletonList(topic));
      List<String> values = new ArrayList<>();
      for (int polls = 0; values.size() < 4 && polls < POLLS_MAX; polls++) {
        poll(consumer).forEach(each -> values.add(each.value()));
      }
      consumer.commitSync();
      Collections.sort(values);
      notes.accept(name + " group " + values);
    }
    try (KafkaConsumer<String, String> heir = consumer(own)) {
      heir.subscribe(Collections.singletonList(topic));
      for (int polls = 0; heir.assignment().size() < PARTITIONS && polls < POLLS_MAX; polls++) {
        poll(heir);
      }
      notes.accept(name + " group goes on at " + positions(heir, heir.assignment()));
    }
  }

  private static long positions(
      KafkaConsumer<String, String> consumer, Collection<TopicPartition> partitions) {
    long sum = 0;
    for (TopicPartition each : partitions) {
      sum += consumer.position(each);
    }
    return sum;
  }

  private void transactions() {
    Map<String, Object> own = new HashMap<>(settings);
    own.put("transactional.id", topic);
    own.put("compression.type", "gzip");
    try (KafkaProducer<String, String> producer = producer(own)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record(0, "committed"));
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(record(0, "aborted"));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(record(0, "last"));
      producer.commitTransaction();
    }
    notes.accept("read_committed " + read("read_committed"));
    notes.accept("read_uncommitted " + read("read_uncommitted"));
  }

  /** Everything in the first partition up to the last committed record. */
  private List<String> read(String isolation) {
    Map<String, Object> own = new HashMap<>();
    own.put("isolation.level", isolation);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer(own)) {
      consumer.assign(Collections.singletonList(new TopicPartition(topic, 0)));
      consumer.seekToBeginning(consumer.assignment());
      for (int polls = 0; !values.contains("last") && polls < POLLS_MAX; polls++) {
        for (ConsumerRecord<String, String> each : poll(consumer)) {
          values.add(each.value());
        }
      }
    }
    return values;
  }

  private ProducerRecord<String, String> record(int partition, String value) {
    return new ProducerRecord<>(topic, partition, null, value);
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private KafkaConsumer<String, String> consumer(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("auto.offset.reset", "earliest");
    all.put("enable.auto.commit", false);
    all.putAll(own);
    return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
  }

  private ConsumerRecords<String, String> poll(KafkaConsumer<String, String> consumer) {
    return durations ? consumer.poll(Duration.ofMillis(100)) : pollAsBefore(consumer);
  }

  /** The poll that releases since 4.0 do not have. */
  @SuppressWarnings("unchecked")
  private static ConsumerRecords<String, String> pollAsBefore(
      KafkaConsumer<String, String> consumer) {
    try {
      return (ConsumerRecords<String, String>)
          KafkaConsumer.class.getMethod("poll", long.class).invoke(consumer, 100L);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
