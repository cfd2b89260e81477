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
    for (String flag :
        List.of(
            "auto.create.topics.enable",
            "auto.leader.rebalance.enable",
            "log.cleaner.enable",
            "transaction.partition.verification.enable",
            "transaction.two.phase.commit.enable",
            "unclean.leader.election.enable")) {
      OTHERS.put(flag, new Values.Flag());
    }
    for (String text : List.of("broker.rack", "replica.selector.class")) {
      OTHERS.put(text, new Values.Text());
    }
    for (String any :
        List.of(
            "log.retention.bytes",
            "log.retention.ms",
            "log.roll.ms",
            "replica.high.watermark.checkpoint.interval.ms",
            "replica.lag.time.max.ms")) {
      OTHERS.put(any, Values.Whole.int64(-1));
    }
    for (String notNegative :
        List.of(
            "log.cleaner.backoff.ms",
            "log.cleaner.delete.retention.ms",
            "log.cleaner.min.compaction.lag.ms",
            "log.flush.interval.ms",
            "log.initial.task.delay.ms",
            "log.message.timestamp.after.max.ms",
            "log.message.timestamp.before.max.ms",
            "log.segment.delete.delay.ms")) {
      OTHERS.put(notNegative, Values.Whole.int64(0));
    }
    for (String positive :
        List.of(
            "leader.imbalance.check.interval.seconds",
            "log.cleaner.max.compaction.lag.ms",
            "log.flush.interval.messages",
            "log.retention.check.interval.ms",
            "offsets.retention.check.interval.ms")) {
      OTHERS.put(positive, Values.Whole.int64(1));
    }
    for (String positive :
        List.of("min.insync.replicas", "num.partitions", "offsets.topic.num.partitions")) {
      OTHERS.put(positive, Values.Whole.int32(1));
    }
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

  private static Values oneOf(boolean anyCase, String... words) {
    return new Values.OneOf(List.of(words), anyCase);
  }

  /** What the setting takes, in words, where it does not take this value; else null. */
  public static String refusal(String brokerName, String value) {
    return OTHERS.getOrDefault(brokerName, WHOLE).refusal(value);
  }
}
