package dev.trial.broker.group;

import dev.trial.broker.group.consumer.Assignors;
import dev.trial.broker.settings.BrokerSettings;

/** The coordinator's settings by Kafka's names, with Kafka 4.3's defaults. */
record GroupSettings(
    int minSessionTimeoutMs,
    int maxSessionTimeoutMs,
    int initialRebalanceDelayMs,
    int maxSize,
    int offsetsPartitions,
    short offsetsReplicationFactor,
    int offsetsSegmentBytes,
    int metadataMaxBytes,
    int commitTimeoutMs,
    long offsetsRetentionMs,
    long retentionCheckIntervalMs,
    int consumerAssignmentIntervalMs,
    int consumerMaxSize,
    Assignors consumerAssignors,
    MigrationPolicy migrationPolicy) {

  static GroupSettings of(BrokerSettings settings) {
    return new GroupSettings(
        (int) settings.number("group.min.session.timeout.ms", 6_000),
        (int) settings.number("group.max.session.timeout.ms", 1_800_000),
        (int) settings.number("group.initial.rebalance.delay.ms", 3_000),
        (int) settings.number("group.max.size", Integer.MAX_VALUE),
        (int) settings.number("offsets.topic.num.partitions", 50),
        (short) settings.number("offsets.topic.replication.factor", 3),
        (int) settings.number("offsets.topic.segment.bytes", 100 * 1024 * 1024),
        (int) settings.number("offset.metadata.max.bytes", 4_096),
        (int) settings.number("offsets.commit.timeout.ms", 5_000),
        settings.number("offsets.retention.minutes", 7 * 24 * 60) * 60_000,
        settings.number("offsets.retention.check.interval.ms", 600_000),
        (int) settings.number("group.consumer.assignment.interval.ms", 1_000),
        (int) settings.number("group.consumer.max.size", Integer.MAX_VALUE),
        Assignors.named(settings.text("group.consumer.assignors", "uniform,range")),
        MigrationPolicy.named(settings.text("group.consumer.migration.policy", "bidirectional")));
  }

  /** How the offsets topic is created. */
  CoordinatedTopic topic(String name) {
    return new CoordinatedTopic((byte) 0, name, offsetsPartitions, offsetsReplicationFactor)
        .config("cleanup.policy", "compact")
        .config("compression.type", "producer")
        .config("segment.bytes", offsetsSegmentBytes);
  }
}
