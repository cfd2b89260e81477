package dev.trial.broker.log;

import dev.trial.broker.settings.BrokerSettings;
import java.util.Map;

/**
 * What a topic's settings say about its logs; absent ones come from the broker, then from Kafka's
 * defaults.
 *
 * @param segmentBytes segment.bytes (internal.segment.bytes where tests need small ones)
 * @param maxMessageBytes max.message.bytes: the largest batch
 * @param flushMessages flush.messages: fsync after so many records
 * @param minInSync min.insync.replicas
 * @param logAppendTime message.timestamp.type is LogAppendTime
 * @param timestampAfterMaxMs message.timestamp.after.max.ms
 */
public record LogSettings(
    int segmentBytes,
    int maxMessageBytes,
    long flushMessages,
    int minInSync,
    boolean logAppendTime,
    long timestampAfterMaxMs) {

  /** The settings of a topic on a broker; {@code dynamic} are the broker's from the metadata. */
  public static LogSettings of(
      Map<String, String> topic, Map<String, String> dynamic, BrokerSettings broker) {
    Lookup lookup = new Lookup(topic, dynamic, broker);
    int segment = (int) lookup.number("segment.bytes", "log.segment.bytes", 1 << 30);
    String type = lookup.text("message.timestamp.type", "log.message.timestamp.type", "CreateTime");
    return new LogSettings(
        (int) lookup.number("internal.segment.bytes", "internal.segment.bytes", segment),
        (int) lookup.number("max.message.bytes", "message.max.bytes", 1_048_588),
        lookup.number("flush.messages", "log.flush.interval.messages", Long.MAX_VALUE),
        (int) lookup.number("min.insync.replicas", "min.insync.replicas", 1),
        type.equals("LogAppendTime"),
        lookup.number(
            "message.timestamp.after.max.ms", "log.message.timestamp.after.max.ms", 3_600_000));
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

    long number(String topicName, String brokerName, long otherwise) {
      String text = text(topicName, brokerName, null);
      return text == null ? otherwise : Long.parseLong(text);
    }
  }
}
