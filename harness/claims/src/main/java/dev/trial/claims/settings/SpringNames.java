package dev.trial.claims.settings;

import static dev.trial.claims.settings.SpringValue.BYTES;
import static dev.trial.claims.settings.SpringValue.CONSTANT;
import static dev.trial.claims.settings.SpringValue.MILLIS;
import static dev.trial.claims.settings.SpringValue.TEXT;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which setting of Kafka each property of Spring Boot is (KafkaProperties.Producer, .Consumer and
 * their buildProperties, Spring Boot 3.5 and 4.0), and which are no settings of a client at all.
 */
final class SpringNames {
  private static final Map<Whose, Map<String, Meant>> CLIENTS = new TreeMap<>();
  private static final Map<String, String> NO_CLIENT = new TreeMap<>();
  private static final String TLS = "the clients of a trial speak PLAINTEXT only";

  static {
    meant(Whose.CLIENTS, "bootstrap-servers", "bootstrap.servers", TEXT);
    meant(Whose.CLIENTS, "client-id", "client.id", TEXT);
    for (Whose whose : List.of(Whose.PRODUCER, Whose.CONSUMER)) {
      meant(whose, "bootstrap-servers", "bootstrap.servers", TEXT);
      meant(whose, "client-id", "client.id", TEXT);
    }
    meant(Whose.PRODUCER, "acks", "acks", TEXT);
    meant(Whose.PRODUCER, "batch-size", "batch.size", BYTES);
    meant(Whose.PRODUCER, "buffer-memory", "buffer.memory", BYTES);
    meant(Whose.PRODUCER, "compression-type", "compression.type", TEXT);
    meant(Whose.PRODUCER, "key-serializer", "key.serializer", TEXT);
    meant(Whose.PRODUCER, "retries", "retries", TEXT);
    meant(Whose.PRODUCER, "transaction-id-prefix", "transactional.id", TEXT);
    meant(Whose.PRODUCER, "value-serializer", "value.serializer", TEXT);
    meant(Whose.CONSUMER, "auto-commit-interval", "auto.commit.interval.ms", MILLIS);
    meant(Whose.CONSUMER, "auto-offset-reset", "auto.offset.reset", TEXT);
    meant(Whose.CONSUMER, "enable-auto-commit", "enable.auto.commit", TEXT);
    meant(Whose.CONSUMER, "fetch-max-wait", "fetch.max.wait.ms", MILLIS);
    meant(Whose.CONSUMER, "fetch-min-size", "fetch.min.bytes", BYTES);
    meant(Whose.CONSUMER, "group-id", "group.id", TEXT);
    meant(Whose.CONSUMER, "heartbeat-interval", "heartbeat.interval.ms", MILLIS);
    meant(Whose.CONSUMER, "isolation-level", "isolation.level", CONSTANT);
    meant(Whose.CONSUMER, "key-deserializer", "key.deserializer", TEXT);
    meant(Whose.CONSUMER, "max-poll-interval", "max.poll.interval.ms", MILLIS);
    meant(Whose.CONSUMER, "max-poll-records", "max.poll.records", TEXT);
    meant(Whose.CONSUMER, "value-deserializer", "value.deserializer", TEXT);
    NO_CLIENT.put("admin", "a trial has an admin client of its own");
    NO_CLIENT.put("jaas", TLS);
    NO_CLIENT.put("listener", "the consumers of a workload poll and commit themselves");
    NO_CLIENT.put("retry", "a trial has no topics to try again from");
    NO_CLIENT.put("security", TLS);
    NO_CLIENT.put("ssl", TLS);
    NO_CLIENT.put("streams", "a trial has no Kafka Streams application");
    NO_CLIENT.put("template", "the producers of a workload send by themselves");
  }

  private SpringNames() {}

  /** A setting of Kafka, and how its value is written. */
  record Meant(String spring, String kafka, SpringValue value) {}

  private static void meant(Whose whose, String spring, String kafka, SpringValue value) {
    CLIENTS
        .computeIfAbsent(whose, any -> new TreeMap<>())
        .put(plain(spring), new Meant(spring, kafka, value));
  }

  /** Dashes, underscores and case do not tell names apart ("relaxed binding"). */
  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** What a client's property is; null if Spring Boot has none of that name. */
  static Meant of(Whose whose, String name) {
    return CLIENTS.get(whose).get(plain(name));
  }

  /** What Spring Boot calls the properties of a client. */
  static List<String> known(Whose whose) {
    return CLIENTS.get(whose).values().stream().map(Meant::spring).toList();
  }

  /** Why nothing of this group is a client's setting; null if its settings may be. */
  static String noClient(String group) {
    return NO_CLIENT.get(plain(group));
  }
}
