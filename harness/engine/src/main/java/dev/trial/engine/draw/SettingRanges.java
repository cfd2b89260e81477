package dev.trial.engine.draw;

import static dev.trial.claims.ProfilePart.BROKER;
import static dev.trial.claims.ProfilePart.CONSUMER;
import static dev.trial.claims.ProfilePart.PRODUCER;
import static dev.trial.claims.ProfilePart.TOPIC;
import static dev.trial.engine.draw.SettingRange.UNSET;

import java.util.List;

/** The settings that an exploring run varies, beside those that it draws together. */
final class SettingRanges {
  private static final String ASSIGNORS = "org.apache.kafka.clients.consumer.";

  /** Of any cluster and any client. */
  static final List<SettingRange> GENERAL =
      List.of(
          SettingRange.of(TOPIC, "min.insync.replicas", "2", "2", "2", "1", "3"),
          SettingRange.of(
              TOPIC, "unclean.leader.election.enable", UNSET, UNSET, UNSET, UNSET, "true"),
          SettingRange.of(TOPIC, "flush.messages", UNSET, UNSET, UNSET, "1"),
          SettingRange.of(BROKER, "eligible.leader.replicas.version", UNSET, "0", "1"),
          SettingRange.of(BROKER, "replica.lag.time.max.ms", UNSET, UNSET, "1500", "6000"),
          SettingRange.of(BROKER, "offsets.topic.num.partitions", UNSET, "1"),
          SettingRange.of(PRODUCER, "linger.ms", UNSET, "0", "50"),
          SettingRange.of(PRODUCER, "batch.size", UNSET, UNSET, "1", "300"),
          SettingRange.of(
              PRODUCER, "compression.type", UNSET, UNSET, "gzip", "snappy", "lz4", "zstd"),
          SettingRange.of(
              PRODUCER, "max.in.flight.requests.per.connection", UNSET, UNSET, UNSET, "1", "2"),
          SettingRange.of(PRODUCER, "request.timeout.ms", UNSET, "1000"),
          SettingRange.of(PRODUCER, "delivery.timeout.ms", UNSET, UNSET, "5000"),
          SettingRange.of(CONSUMER, "isolation.level", UNSET, "read_committed"),
          SettingRange.of(CONSUMER, "max.poll.records", UNSET, "5", "500"),
          SettingRange.of(CONSUMER, "fetch.min.bytes", UNSET, UNSET, "2000"),
          SettingRange.of(CONSUMER, "auto.commit.interval.ms", UNSET, "200", "5000"));

  /** Of consumers that agree among themselves (the classic protocol). */
  static final List<SettingRange> CLASSIC =
      List.of(
          SettingRange.of(
              CONSUMER,
              "partition.assignment.strategy",
              UNSET,
              ASSIGNORS + "RangeAssignor",
              ASSIGNORS + "RoundRobinAssignor",
              ASSIGNORS + "StickyAssignor",
              ASSIGNORS + "CooperativeStickyAssignor"),
          SettingRange.of(CONSUMER, "session.timeout.ms", UNSET, "10000"));

  private SettingRanges() {}
}
