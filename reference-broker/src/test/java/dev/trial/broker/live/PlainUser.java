package dev.trial.broker.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer and a group beside the attack, that know nothing of it. */
final class PlainUser implements Runnable {
  private static final String TOPIC = "plain";
  private static final long PAUSE_MS = 20;

  private final Map<String, Object> settings;
  private final List<Future<RecordMetadata>> sends = new ArrayList<>();
  private volatile boolean stopped;

  PlainUser(String bootstrapServers) throws Exception {
    this.settings = Map.of("bootstrap.servers", bootstrapServers);
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 3))).all().get();
      admin.createTopics(List.of(new NewTopic("orders", 2, (short) 3))).all().get();
    }
  }

  /** Sends until it is stopped, and waits for what it has sent. */
  @Override
  public void run() {
    Map<String, Object> own = new TreeMap<>(settings);
    own.put("acks", "all");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(own, new StringSerializer(), new StringSerializer())) {
      while (!stopped) {
        sends.add(producer.send(new ProducerRecord<>(TOPIC, "value-" + sends.size())));
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() {
    stopped = true;
  }

  /** How many records were acknowledged; fails with the first that was not. */
  int acknowledged() throws Exception {
    for (Future<RecordMetadata> each : sends) {
      each.get();
    }
    return sends.size();
  }

  /** How many records a new group reads, of so many that it waits for. */
  int read(int expected) {
    Map<String, Object> own = new TreeMap<>(settings);
    own.put("group.id", "readers");
    own.put("auto.offset.reset", "earliest");
    int count = 0;
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(own, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      for (int polls = 0; count < expected && polls < 600; polls++) {
        count += consumer.poll(Duration.ofMillis(100)).count();
      }
    }
    return count;
  }
}
