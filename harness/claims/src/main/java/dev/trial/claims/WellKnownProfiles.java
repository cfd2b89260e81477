package dev.trial.claims;

import dev.trial.claims.NamedProfiles.NamedProfile;
import dev.trial.core.profile.Profile;
import java.util.List;

/**
 * Settings that are recommended, or that a framework brings when nobody says anything. The times
 * that make a run short stay those of {@link Profiles#BASE}.
 */
final class WellKnownProfiles {

  private WellKnownProfiles() {}

  static List<NamedProfile> all() {
    return List.of(
        new NamedProfile(
            "fast",
            "acks=1, batches of 100 kB that wait 10 ms, lz4: tuned for throughput",
            "https://developer.confluent.io/tutorials/optimize-producer-throughput/confluent.html",
            fast()),
        new NamedProfile(
            "safe",
            "acks=all, idempotent, min.insync.replicas=2, told to every release: for durability",
            "https://docs.confluent.io/cloud/current/client-apps/optimizing/durability.html",
            safe()),
        new NamedProfile(
            "exactly-once",
            "safe, transactions that end soon, readers of committed data alone (KIP-98)",
            "https://cwiki.apache.org/confluence/display/KAFKA/"
                + "KIP-98+-+Exactly+Once+Delivery+and+Transactional+Messaging",
            Profiles.transactional(safe())),
        new NamedProfile(
            "client-defaults",
            "nothing is said about promises: what --client does by itself, on a topic of defaults",
            "https://kafka.apache.org/documentation/#configuration",
            clientDefaults()),
        new NamedProfile(
            "spring-boot-defaults",
            "the client's defaults but for isolation.level, which Spring Boot says",
            "https://docs.spring.io/spring-boot/appendix/application-properties/index.html",
            springBoot()),
        new NamedProfile(
            "quarkus-defaults",
            "acks=1 and so no idempotence: the connector of SmallRye says it",
            "https://quarkus.io/guides/kafka",
            quarkus()),
        new NamedProfile(
            "kafka-streams-defaults",
            "linger.ms=100, max.poll.records=1000, earliest: what Streams says to its clients",
            "https://kafka.apache.org/documentation/streams/developer-guide/config-streams.html",
            streams()));
  }

  private static Profile fast() {
    return Profiles.ofTheUser(Profiles.BASE)
        .producer("acks", "1")
        .producer("batch.size", 100_000)
        .producer("linger.ms", 10)
        .producer("compression.type", "lz4");
  }

  private static Profile safe() {
    return Profiles.BASE
        .producer("max.in.flight.requests.per.connection", 5)
        .topic("unclean.leader.election.enable", false);
  }

  private static Profile clientDefaults() {
    return Profiles.promisesByDefault(Profiles.ofTheUser(Profiles.BASE))
        .withoutConsumer("auto.offset.reset");
  }

  /** KafkaProperties.Consumer: every other property has no value until somebody sets it. */
  private static Profile springBoot() {
    return clientDefaults().consumer("isolation.level", "read_uncommitted");
  }

  /**
   * KafkaConnector's attributes, of the outgoing and the incoming channel; ReactiveKafkaProducer
   * and ReactiveKafkaConsumer for the longest wait between connections (4.28).
   */
  private static Profile quarkus() {
    return clientDefaults()
        .producer("acks", "1")
        .producer("buffer.memory", 33_554_432)
        .producer("reconnect.backoff.max.ms", 10_000)
        .consumer("auto.offset.reset", "latest")
        .consumer("fetch.min.bytes", 1)
        .consumer("reconnect.backoff.max.ms", 10_000);
  }

  /** StreamsConfig, PRODUCER_DEFAULT_OVERRIDES and CONSUMER_DEFAULT_OVERRIDES. */
  private static Profile streams() {
    return clientDefaults()
        .producer("linger.ms", 100)
        .consumer("allow.auto.create.topics", false)
        .consumer("auto.offset.reset", "earliest")
        .consumer("group.protocol", "classic")
        .consumer("max.poll.records", 1_000);
  }
}
