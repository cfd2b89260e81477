package dev.trial.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.input.UsageException;
import dev.trial.core.json.JsonFormatException;
import dev.trial.core.profile.Profile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Settings files as their own programs write them. */
class ProfileFilesTest {
  private final Map<String, String> files = new TreeMap<>();

  private OwnProfile read(String file, String text) {
    files.put(file, text);
    return read(file);
  }

  private OwnProfile read(String named) {
    return new ProfileFiles(
            new ProfileTexts() {
              @Override
              public String text(String file) {
                return files.get(file);
              }

              @Override
              public String beside(String file, String other) {
                return other;
              }
            })
        .of(named);
  }

  private static void told(OwnProfile profile, String... mentions) {
    String all = String.join("\n", profile.told());
    for (String mention : mentions) {
      assertTrue(all.contains(mention), mention + " is not in:\n" + all);
    }
    assertEquals(mentions.length, profile.told().size(), all);
  }

  private void refused(String named, String mention) {
    RuntimeException refused = assertThrows(RuntimeException.class, () -> read(named));
    assertTrue(
        refused instanceof UsageException || refused instanceof JsonFormatException,
        refused.toString());
    assertTrue(refused.getMessage().contains(mention), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
  }

  @Test
  void springBootsOwnNamesAndForms() {
    OwnProfile read =
        read(
            "application.yml",
            """
            server.port: 8080
            spring:
              kafka:
                producer:
                  acks: ${ACKS:${OTHER_ACKS:1}}
                  batchSize: 32KB
                  BUFFER_MEMORY: 1MB
                  properties:
                    linger.ms: ${linger}
                    "[max.in.flight.requests.per.connection]": 2
                    delivery: {timeout: {ms: 60000}}
                consumer:
                  isolation-level: READ_COMMITTED
                  heartbeat-interval: 3s
                  max-poll-interval: PT2M
                  fetch-max-wait: 200
                  auto-offset-reset: latest
                properties:
                  request.timeout.ms: 30000
                  linger.ms: 7
            linger: 20
            """);
    told(read);
    Map<String, String> producer = read.profile().producer();
    assertEquals("1", producer.get("acks"));
    assertEquals("32768", producer.get("batch.size"));
    assertEquals("1048576", producer.get("buffer.memory"));
    assertEquals("2", producer.get("max.in.flight.requests.per.connection"));
    assertEquals("20", producer.get("linger.ms"), "a client's own counts more than the common");
    assertEquals("60000", producer.get("delivery.timeout.ms"));
    assertEquals("30000", producer.get("request.timeout.ms"));
    Map<String, String> consumer = read.profile().consumer();
    assertEquals("read_committed", consumer.get("isolation.level"));
    assertEquals("3000", consumer.get("heartbeat.interval.ms"));
    assertEquals("120000", consumer.get("max.poll.interval.ms"));
    assertEquals("200", consumer.get("fetch.max.wait.ms"));
    assertEquals("30000", consumer.get("request.timeout.ms"));
    assertFalse(consumer.containsKey("linger.ms"));
  }

  @Test
  void whatATrialDoesNotTakeIsNamedWithItsReason() {
    OwnProfile read =
        read(
            "application.properties",
            """
            spring.kafka.bootstrap-servers=broker:9092
            spring.kafka.ssl.trust-store-location=classpath:t.jks
            spring.kafka.producer.acks=${ACKS}
            spring.kafka.producer.transaction-id-prefix=tx-
            spring.kafka.consumer.group-id=orders
            spring.kafka.consumer.max-pol-records=5
            spring.kafka.consumer.properties.max-poll-records=5
            spring.kafka.listener.ack-mode=manual
            spring.kafka.producer.retries=4
            spring.cloud.stream.kafka.binder.brokers=b
            #---
            spring.config.activate.on-profile=prod
            spring.kafka.producer.acks=0
            """);
    told(
        read,
        "application.properties: kept out: document 2 (it is for the Spring profile 'prod')",
        "kept out: spring.kafka.bootstrap-servers (the harness sets it)",
        "spring.kafka.ssl.trust-store-location (the clients of a trial speak PLAINTEXT only)",
        "spring.kafka.producer.acks (it is ${ACKS}, of which",
        "spring.kafka.producer.transaction-id-prefix (the workload sets it)",
        "spring.kafka.consumer.group-id (the workload sets it)",
        "max-pol-records (unknown property 'max-pol-records', did you mean 'max-poll-records'?)",
        "properties.max-poll-records (unknown consumer setting 'max-poll-records', did you mean"
            + " 'max.poll.records'?)",
        "spring.kafka.listener.ack-mode (the consumers of a workload poll and commit themselves)",
        "spring.cloud.stream.kafka.binder.brokers (a setting of Spring Cloud Stream");
    assertEquals("all", read.profile().producer().get("acks"));
    assertEquals("4", read.profile().producer().get("retries"));
  }

  @Test
  void aClientsPropertiesAreOfWhomTheySay() {
    OwnProfile producer = read("p.properties", "acks=1\nlinger.ms=3\nsasl.mechanism=PLAIN\n");
    told(producer, "p.properties: kept out: sasl.mechanism (the clients");
    assertEquals("1", producer.profile().producer().get("acks"));
    OwnProfile consumer = read("c.properties", "max.poll.records=7\nretry.backoff.ms=${env:B}\n");
    told(consumer, "retry.backoff.ms (it is ${env:B}");
    assertEquals("7", consumer.profile().consumer().get("max.poll.records"));
    files.put("shared.properties", "retry.backoff.ms=50\n");
    refused("shared.properties", "producer:shared.properties or consumer:shared.properties");
    OwnProfile said = read("consumer:shared.properties");
    assertEquals("50", said.profile().consumer().get("retry.backoff.ms"));
    files.put("both.properties", "acks=1\nmax.poll.records=3\n");
    refused("both.properties", "of producers (acks) and of consumers (max.poll.records)");
    told(read("producer:both.properties"), "max.poll.records (unknown producer setting");
  }

  @Test
  void describedTopicsAndBrokers() {
    String head = "All configs for topic a are:\n";
    String unclean =
        "  unclean.leader.election.enable=true sensitive=false"
            + " synonyms={DYNAMIC_TOPIC_CONFIG:unclean.leader.election.enable=true,"
            + " DEFAULT_CONFIG:unclean.leader.election.enable=false}\n";
    String defaults =
        "  min.insync.replicas=1 sensitive=false synonyms={DEFAULT_CONFIG:min.insync.replicas=1}\n"
            + "  preallocate=false sensitive=false synonyms={DEFAULT_CONFIG:preallocate=false}\n";
    OwnProfile topic = read("a.txt", head + unclean + defaults);
    told(topic, "a.txt: kept out: 1 settings at Kafka's defaults");
    assertEquals("true", topic.profile().topic().get("unclean.leader.election.enable"));
    assertEquals("1", topic.profile().topic().get("min.insync.replicas"));
    OwnProfile brokers =
        read(
            "b.txt",
            """
            Dynamic configs for broker 1 are:
              log.cleaner.threads=2 sensitive=false synonyms={DYNAMIC_BROKER_CONFIG:a=2}
              message.max.bytes=5000000 sensitive=false synonyms={DYNAMIC_BROKER_CONFIG:a=2}
              num.partitions=3 sensitive=false synonyms={STATIC_BROKER_CONFIG:num.partitions=3}
            Dynamic configs for broker 2 are:
              num.partitions=4 sensitive=false synonyms={STATIC_BROKER_CONFIG:num.partitions=4}
              ssl.key.password=null sensitive=true synonyms={}
            Default configs for brokers in the cluster are:
            """);
    told(
        brokers,
        "log.cleaner.threads (the reference cluster has no such setting)",
        "num.partitions (broker 1 and broker 2 differ in it)",
        "ssl.key.password (it is secret: its value is not in the file)");
    assertEquals("5000000", brokers.profile().broker().get("message.max.bytes"));
    files.put("c.txt", head + "  nonsense\n");
    refused("c.txt", "c.txt:2: expected a line of kafka-configs --describe");
    files.put("d.txt", "hello\n");
    refused("d.txt", "is no file of settings that is known here");
  }

  @Test
  void profilesInherit() {
    files.put("p.properties", "acks=1\nclient.id=x\n");
    files.put("low.json", "{\"inherits\":\"p.properties\",\"client\":\"3.9.1\"}");
    OwnProfile read =
        read(
            "mine.json",
            "{\"inherits\":\"low.json\",\"description\":\"ours\",\"source\":\"https://x.org/y\","
                + "\"topic\":{\"min.insync.replicas\":1}}");
    assertEquals("1", read.profile().producer().get("acks"));
    assertEquals("1", read.profile().topic().get("min.insync.replicas"));
    assertEquals("3.9.1", read.client());
    assertEquals("ours", read.description());
    told(read, "p.properties: kept out: client.id (the harness sets it)");
    OwnProfile named = read("n.json", "{\"inherits\":\"acks-0\"}");
    assertEquals(NamedProfiles.of("acks-0"), named.profile());
    OwnProfile other =
        read("k.json", "{\"inherits\":\"acks-0\",\"consumer\":{\"group.protocol\":\"consumer\"}}");
    assertFalse(other.profile().consumer().containsKey("session.timeout.ms"));
  }

  @Test
  void whatCannotBeIsRefused() {
    files.put("a.json", "{\"inherits\":\"b.json\"}");
    files.put("b.json", "{\"inherits\":\"a.json\"}");
    refused("a.json", "inherits from itself: a.json → b.json → a.json");
    files.put("c.json", "{\"inherits\":\"acks-2\"}");
    refused("c.json", "did you mean 'acks-0'?");
    files.put("d.json", "{\"source\":\"somewhere\"}");
    refused("d.json", "'source' must be an address");
    files.put("e.json", "{\"inherit\":\"acks-0\"}");
    refused("e.json", "did you mean 'inherits'?");
    files.put("f.properties", "acks=2\nlinger.ms=1");
    refused("f.properties", "f.properties: acks: '2' is not of type string in [all, -1, 0, 1]");
    files.put("g.properties", "acks=1\nenable.idempotence=true");
    refused("g.properties", "g.properties: producer: Must set acks to all");
    files.put("h.yml", "spring:\n  kafka: [\n");
    refused("h.yml", "h.yml:3:1: is not YAML here");
    files.put("i.yml", "spring: !!java.io.File [x]\n");
    refused("i.yml", "is not YAML here");
    files.put("j.yml", "server.port: 80\n");
    refused("j.yml", "says nothing under spring.kafka.*");
    files.put("k.yml", "a: 1\na: 2\n");
    refused("k.yml", "duplicate key");
    files.put("l.properties", "acks=\\u00");
    refused("l.properties", "four hex digits");
  }

  /** Times of the base that a client's own do not allow are not the client's fault. */
  @Test
  void theBaseGivesWay() {
    OwnProfile read = read("p.properties", "acks=all\nrequest.timeout.ms=30000\n");
    assertEquals(List.of(), read.told());
    assertFalse(read.profile().producer().containsKey("delivery.timeout.ms"));
  }

  /** What ships is held to the rules for what comes from a file, and says who says so. */
  @Test
  void whatShipsIsWhatAFileCouldSay() {
    for (NamedProfiles.NamedProfile each : NamedProfiles.all()) {
      for (ProfilePart part : ProfilePart.values()) {
        part.of(each.profile()).forEach((name, value) -> part.check(each.id(), name, value));
        part.checkTogether(each.id(), each.profile());
      }
    }
    for (String id : List.of("fast", "safe", "exactly-once", "client-defaults")) {
      assertTrue(NamedProfiles.own(id).source().startsWith("https://"), id);
    }
    Profile silent = NamedProfiles.of("client-defaults");
    for (String promise : List.of("acks", "enable.idempotence", "linger.ms")) {
      assertFalse(silent.producer().containsKey(promise), promise);
    }
    assertFalse(silent.consumer().containsKey("auto.offset.reset"));
    assertFalse(silent.topic().containsKey("min.insync.replicas"));
  }
}
