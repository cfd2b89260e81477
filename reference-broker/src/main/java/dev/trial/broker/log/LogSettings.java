package dev.trial.broker.log;

import dev.trial.broker.settings.BrokerSettings;
import java.util.List;
import java.util.Map;

/**
 * What a topic's settings say about its logs; absent ones come from the broker, then from Kafka's
 * defaults.
 *
 * @param segmentBytes segment.bytes (internal.segment.bytes where tests need small ones)
 * @param maxMessageBytes max.message.bytes: the largest batch
 * @param flushMessages flush.messages: fsync after so many records
 * @param minInSync min.insync.replicas
 * @param timestamps whose timestamps records have, and which may be
 * @param cleanup what is deleted and compacted, and when
 */
public record LogSettings(
    int segmentBytes,
    int maxMessageBytes,
    long flushMessages,
    int minInSync,
    TimestampSettings timestamps,
    CleanupSettings cleanup) {

  /** A log that keeps everything. */
  public LogSettings(
      int segmentBytes,
      int maxMessageBytes,
      long flushMessages,
      int minInSync,
      TimestampSettings timestamps) {
    this(
        segmentBytes,
        maxMessageBytes,
        flushMessages,
        minInSync,
        timestamps,
        CleanupSettings.KEEP_ALL);
  }

  /** The settings of a topic on a broker; {@code dynamic} are the broker's from the metadata. */
  public static LogSettings of(
      Map<String, String> topic, Map<String, String> dynamic, BrokerSettings broker) {
    Lookup lookup = new Lookup(topic, dynamic, broker);
    int segment = (int) lookup.number("segment.bytes", "log.segment.bytes", 1 << 30);
    return new LogSettings(
        (int) lookup.number("internal.segment.bytes", "internal.segment.bytes", segment),
        (int) lookup.number("max.message.bytes", "message.max.bytes", 1_048_588),
        lookup.number("flush.messages", "log.flush.interval.messages", Long.MAX_VALUE),
        (int) lookup.number("min.insync.replicas", "min.insync.replicas", 1),
        timestamps(lookup),
        cleanup(lookup));
  }

  private static TimestampSettings timestamps(Lookup lookup) {
    String type = lookup.text("message.timestamp.type", "log.message.timestamp.type", "CreateTime");
    return new TimestampSettings(
        type.equals("LogAppendTime"),
        lookup.number(
            "message.timestamp.before.max.ms",
            "log.message.timestamp.before.max.ms",
            Long.MAX_VALUE),
        lookup.number(
            "message.timestamp.after.max.ms", "log.message.timestamp.after.max.ms", 3_600_000));
  }

  private static CleanupSettings cleanup(Lookup lookup) {
    List<String> policies =
        List.of(lookup.text("cleanup.policy", "log.cleanup.policy", "delete").split(" *, *"));
    String ratio =
        lookup.text("min.cleanable.dirty.ratio", "log.cleaner.min.cleanable.ratio", "0.5");
    return new CleanupSettings(
        policies.contains("delete"),
        policies.contains("compact"),
        lookup.hours("segment.ms", "log.roll.ms", "log.roll.hours", 168),
        lookup.hours("retention.ms", "log.retention.ms", "log.retention.hours", 168),
        lookup.number("retention.bytes", "log.retention.bytes", -1),
        lookup.number("delete.retention.ms", "log.cleaner.delete.retention.ms", 86_400_000),
        Double.parseDouble(ratio),
        lookup.number("min.compaction.lag.ms", "log.cleaner.min.compaction.lag.ms", 0),
        lookup.number(
            "max.compaction.lag.ms", "log.cleaner.max.compaction.lag.ms", Long.MAX_VALUE));
  }

  private record Lookup(
      Map<String, String> topic, Map<String, String> dynamic, BrokerSettings broker) {

    String text(String topicName, String brokerName, String otherwise) {
      String own = topic.get(topicName);
      if (own != null) {
        return own;
      }
      String changed = dynamic.get(brokerName);
      return changed != null ? changed : broker.text(brokerName, otherwise);
    }

    /** Milliseconds, which a broker may also give in hours. */
    long hours(String topicName, String brokerName, String inHours, long hoursOtherwise) {
      long hours = broker.number(inHours, hoursOtherwise);
      return number(topicName, brokerName, hours < 0 ? -1 : hours * 3_600_000);
    }

    long number(String topicName, String brokerName, long otherwise) {
      String text = text(topicName, brokerName, null);
      return text == null ? otherwise : Long.parseLong(text);
    }
  }
}
