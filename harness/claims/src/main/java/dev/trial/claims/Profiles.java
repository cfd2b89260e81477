package dev.trial.claims;

import dev.trial.core.profile.Profile;
import java.util.Map;

/** The settings that claims start from. */
public final class Profiles {
  private static final String RANGE_AND_COOPERATIVE =
      "org.apache.kafka.clients.consumer.RangeAssignor,"
          + "org.apache.kafka.clients.consumer.CooperativeStickyAssignor";

  /**
   * Kafka's defaults since 3.0 where they carry the meaning of a claim, told to clients of every
   * release, whose own differ (docs/defaults-by-version.md); times short enough that a minute holds
   * several failovers. The same on every target, so that worlds can be compared.
   */
  public static final Profile BASE =
      Profile.DEFAULTS
          .broker("broker.session.timeout.ms", 2_000)
          .broker("broker.heartbeat.interval.ms", 400)
          .broker("controller.quorum.fetch.timeout.ms", 1_000)
          .broker("controller.quorum.election.timeout.ms", 600)
          .broker("replica.lag.time.max.ms", 3_000)
          .broker("replica.fetch.backoff.ms", 200)
          .broker("group.initial.rebalance.delay.ms", 0)
          .broker("offsets.topic.num.partitions", 3)
          .broker("offsets.topic.replication.factor", 3)
          .topic("min.insync.replicas", 2)
          .producer("acks", "all")
          .producer("enable.idempotence", true)
          .producer("request.timeout.ms", 2_000)
          .producer("delivery.timeout.ms", 30_000)
          .producer("max.block.ms", 20_000)
          .producer("metadata.max.age.ms", 10_000)
          .producer("socket.connection.setup.timeout.ms", 1_000)
          .producer("linger.ms", 5)
          .consumer("auto.offset.reset", "earliest")
          .consumer("partition.assignment.strategy", RANGE_AND_COOPERATIVE)
          .consumer("session.timeout.ms", 6_000)
          .consumer("heartbeat.interval.ms", 1_500)
          .consumer("request.timeout.ms", 5_000)
          .consumer("default.api.timeout.ms", 10_000)
          .consumer("metadata.max.age.ms", 5_000)
          .consumer("socket.connection.setup.timeout.ms", 1_000)
          .consumer("auto.commit.interval.ms", 1_000)
          .consumer("max.poll.records", 50);

  private Profiles() {}

  /**
   * Groups of the consumer protocol (KIP-848). Sessions and heartbeats are the coordinator's there,
   * and it assigns: the client refuses the settings of the classic protocol. Sessions as long as in
   * the classic profile; brokers refuse such short ones unless their bounds are lowered too.
   */
  public static Profile consumerProtocol(Profile profile) {
    return profile
        .withoutConsumer("session.timeout.ms")
        .withoutConsumer("heartbeat.interval.ms")
        .withoutConsumer("partition.assignment.strategy")
        .consumer("group.protocol", "consumer")
        .broker("group.consumer.session.timeout.ms", 6_000)
        .broker("group.consumer.min.session.timeout.ms", 6_000)
        .broker("group.consumer.heartbeat.interval.ms", 1_500)
        .broker("group.consumer.min.heartbeat.interval.ms", 1_500);
  }

  /** Open transactions of the dead end soon enough for the final read to see what follows. */
  public static Profile transactional(Profile profile) {
    return profile
        .broker("transaction.state.log.num.partitions", 3)
        .broker("transaction.abort.timed.out.transaction.cleanup.interval.ms", 1_000)
        .producer("transaction.timeout.ms", 8_000)
        .consumer("isolation.level", "read_committed");
  }

  /** What producers promise where nobody says: their release's own words, on a topic's defaults. */
  static Profile promisesByDefault(Profile profile) {
    return profile
        .withoutProducer("acks")
        .withoutProducer("enable.idempotence")
        .withoutProducer("linger.ms")
        .withoutTopic("min.insync.replicas");
  }

  /**
   * Classic groups whose members may go over to the consumer protocol and back (KIP-848), with
   * sessions of one length in both.
   */
  static Profile bothProtocols(Profile profile) {
    return profile
        .broker("group.consumer.migration.policy", "bidirectional")
        .broker("group.consumer.session.timeout.ms", 6_000)
        .broker("group.consumer.min.session.timeout.ms", 6_000)
        .broker("group.consumer.heartbeat.interval.ms", 1_500)
        .broker("group.consumer.min.heartbeat.interval.ms", 1_500);
  }

  /** Where the user says, what the client's release says itself of what is not said. */
  static Profile ofTheUser(Profile profile) {
    return profile
        .withoutProducer("enable.idempotence")
        .withoutConsumer("partition.assignment.strategy");
  }

  /**
   * The base, as far as it goes with what somebody's clients say: a time of its own that theirs do
   * not allow gives way to the client's default.
   */
  static Profile under(Profile base, Map<String, String> producer, Map<String, String> consumer) {
    Profile profile = base;
    if (producer.containsKey("request.timeout.ms") || producer.containsKey("linger.ms")) {
      profile = profile.withoutProducer("delivery.timeout.ms");
    }
    if (consumer.containsKey("heartbeat.interval.ms")) {
      profile = profile.withoutConsumer("session.timeout.ms");
    }
    if (consumer.containsKey("request.timeout.ms")) {
      profile = profile.withoutConsumer("default.api.timeout.ms");
    }
    return profile;
  }

  static Profile acks(Profile profile, String acks) {
    return profile.producer("acks", acks).producer("enable.idempotence", false);
  }

  static Profile notIdempotent(Profile profile) {
    return profile.producer("enable.idempotence", false);
  }

  static Profile minIsr(Profile profile, int replicas) {
    return profile.topic("min.insync.replicas", replicas);
  }
}
