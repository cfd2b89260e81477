package dev.trial.broker.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which values a broker's settings take, by Kafka's names (LogConfig, ServerLogConfigs,
 * GroupCoordinatorConfig, ReplicationConfigs). What is not named here is an INT.
 */
public final class SettingValues {
  private static final Values WHOLE = Values.Whole.int32(-1);
  private static final Map<String, Values> OTHERS = new HashMap<>();

  static {
    define(
        new Values.Flag(),
        "auto.create.topics.enable",
        "auto.leader.rebalance.enable",
        "log.cleaner.enable",
        "transaction.partition.verification.enable",
        "transaction.two.phase.commit.enable",
        "unclean.leader.election.enable");
    define(new Values.Text(), "broker.rack", "replica.selector.class");
    define(Values.Whole.int64(-1), "log.retention.bytes", "log.retention.ms");
    define(
        Values.Whole.int64(0),
        "log.cleaner.delete.retention.ms",
        "log.cleaner.min.compaction.lag.ms",
        "log.flush.interval.ms",
        "log.initial.task.delay.ms",
        "log.message.timestamp.after.max.ms",
        "log.message.timestamp.before.max.ms",
        "log.segment.delete.delay.ms");
    define(
        Values.Whole.int64(1),
        "leader.imbalance.check.interval.seconds",
        "log.cleaner.max.compaction.lag.ms",
        "log.flush.interval.messages",
        "log.retention.check.interval.ms",
        "log.roll.ms",
        "offsets.retention.check.interval.ms");
    countsAndTimes();
    timers();
    OTHERS.put("log.segment.bytes", Values.Whole.int32(1 << 20)); // smaller: internal.segment.bytes
    OTHERS.put(
        "compression.type",
        oneOf(false, "uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"));
    OTHERS.put("group.consumer.assignors", new Values.SomeOf(List.of("uniform", "range")));
    OTHERS.put(
        "group.consumer.migration.policy",
        oneOf(true, "bidirectional", "upgrade", "downgrade", "disabled"));
    OTHERS.put("log.cleaner.min.cleanable.ratio", new Values.Share());
    OTHERS.put("log.cleanup.policy", new Values.SomeOf(List.of("compact", "delete")));
    OTHERS.put("log.message.timestamp.type", oneOf(false, "CreateTime", "LogAppendTime"));
  }

  private SettingValues() {}

  private static void define(Values values, String... names) {
    List.of(names).forEach(name -> OTHERS.put(name, values));
  }

  /** INTs of Kafka's that are at least 1. */
  private static void countsAndTimes() {
    define(
        Values.Whole.int32(1),
        "group.consumer.heartbeat.interval.ms",
        "group.consumer.max.heartbeat.interval.ms",
        "group.consumer.max.session.timeout.ms",
        "group.consumer.max.size",
        "group.consumer.min.heartbeat.interval.ms",
        "group.consumer.min.session.timeout.ms",
        "group.consumer.session.timeout.ms",
        "group.max.size",
        "log.roll.hours",
        "max.request.partition.size.limit",
        "min.insync.replicas",
        "num.partitions",
        "offsets.commit.timeout.ms",
        "offsets.retention.minutes",
        "offsets.topic.num.partitions",
        "offsets.topic.replication.factor",
        "offsets.topic.segment.bytes",
        "producer.id.expiration.ms",
        "quota.window.num",
        "quota.window.size.seconds",
        "transaction.max.timeout.ms",
        "transaction.state.log.min.isr",
        "transaction.state.log.num.partitions",
        "transaction.state.log.replication.factor",
        "transaction.state.log.segment.bytes",
        "transactional.id.expiration.ms");
  }

  /**
   * What is done again and again after this time. Kafka takes 0 for some, and waits a little all
   * the same; where time is virtual it would stand still. Some things are done in half the time.
   */
  private static void timers() {
    define(
        Values.Whole.int32(1),
        "add.partitions.to.txn.retry.backoff.max.ms",
        "add.partitions.to.txn.retry.backoff.ms",
        "broker.heartbeat.interval.ms",
        "broker.session.timeout.ms",
        "controller.quorum.election.timeout.ms",
        "controller.quorum.request.timeout.ms",
        "producer.id.expiration.check.interval.ms",
        "replica.fetch.backoff.ms",
        "replica.fetch.wait.max.ms",
        "replica.socket.timeout.ms",
        "request.timeout.ms",
        "transaction.abort.timed.out.transaction.cleanup.interval.ms",
        "transaction.remove.expired.transaction.cleanup.interval.ms");
    define(
        Values.Whole.int64(1),
        "log.cleaner.backoff.ms",
        "replica.high.watermark.checkpoint.interval.ms");
    OTHERS.put("controller.quorum.fetch.timeout.ms", Values.Whole.int32(2));
    OTHERS.put("replica.lag.time.max.ms", Values.Whole.int64(2));
  }

  private static Values oneOf(boolean anyCase, String... words) {
    return new Values.OneOf(List.of(words), anyCase);
  }

  /** What the setting takes, in words, where it does not take this value; else null. */
  public static String refusal(String brokerName, String value) {
    return OTHERS.getOrDefault(brokerName, WHOLE).refusal(value);
  }
}
