package dev.trial.containers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An example: an application's own test, on three brokers in containers, while one way of a link is
 * cut, a leader dies, and another one is paused.
 */
@Timeout(300)
class OneWayPartitionTest {
  private static final Duration SOON = Duration.ofSeconds(90);

  private TrialKafkaCluster kafka;

  @BeforeEach
  void start() {
    AnEngine.withKafka();
    kafka =
        new TrialKafkaCluster(AnEngine.image())
            .withSetting("replica.lag.time.max.ms", "3000")
            .withSetting("broker.session.timeout.ms", "4000");
    kafka.start();
    kafka.createTopic("orders", 1, 3, Map.of("min.insync.replicas", "2"));
  }

  @AfterEach
  void stop() {
    if (kafka != null) {
      kafka.stop();
    }
  }

  @Test
  void acknowledgedRecordsSurviveACutALinkAKillAndAPause() throws Exception {
    String leader = "broker-" + kafka.leader("orders", 0).orElseThrow();
    List<String> followers = new ArrayList<>(kafka.brokers());
    followers.remove(leader);
    try (KafkaProducer<String, String> producer = producer()) {
      send(producer, "before");

      // One way: the leader's answers do not reach this follower, whose requests do arrive. It
      // leaves the in-sync set when there is something that it does not get.
      kafka.cut(leader, followers.get(0));
      send(producer, "while one follower hears nothing");
      await().atMost(SOON).until(() -> !inSync(followers.get(0)));
      assertTrue(inSync(followers.get(1)), "the other link was not cut");
      kafka.heal();
      assertTrue(kafka.awaitHealthy(SOON), "healed");

      kafka.kill(leader);
      send(producer, "after the leader died");
      kafka.restart(leader);
      assertTrue(kafka.awaitHealthy(SOON), "restarted");

      kafka.pause(followers.get(0));
      await().atMost(SOON).until(() -> !inSync(followers.get(0)));
      kafka.resume(followers.get(0));
      assertTrue(kafka.awaitHealthy(SOON), "resumed");
    }
    assertEquals(
        List.of("before", "while one follower hears nothing", "after the leader died"), read(3));
  }

  private boolean inSync(String broker) {
    int id = Integer.parseInt(broker.substring(broker.lastIndexOf('-') + 1));
    return kafka.inSyncReplicas("orders", 0).contains(id);
  }

  private KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.getBootstrapServers(),
            ProducerConfig.ACKS_CONFIG,
            "all"),
        new StringSerializer(),
        new StringSerializer());
  }

  private static void send(KafkaProducer<String, String> producer, String value) throws Exception {
    producer.send(new ProducerRecord<>("orders", value)).get(90, TimeUnit.SECONDS);
  }

  private List<String> read(int count) {
    List<String> values = new ArrayList<>();
    Map<String, Object> settings =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getBootstrapServers());
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("orders", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      await()
          .atMost(SOON)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(each -> values.add(each.value()));
                return values.size() >= count;
              });
    }
    return values;
  }
}
