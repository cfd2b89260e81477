package dev.trial.broker.metadata;

import dev.trial.broker.settings.BrokerSettings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A topic's effective settings: its own, then the cluster's dynamic ones, then the broker's, then
 * Kafka 4.3's defaults. Names are the topic's; the broker's synonyms are looked up here.
 */
public final class TopicConfigs {
  /** Set by tests of Kafka too, which need segments below the 1 MB that 4.0 asks for. */
  private static final String INTERNAL_SEGMENT_BYTES = "internal.segment.bytes";

  private static final Map<String, String> BROKER_NAMES = new TreeMap<>();
  private static final Map<String, String> DEFAULTS = new TreeMap<>();

  static {
    define("cleanup.policy", "log.cleanup.policy", "delete");
    define("compression.type", "compression.type", "producer");
    define("delete.retention.ms", "log.cleaner.delete.retention.ms", "86400000");
    define("file.delete.delay.ms", "log.segment.delete.delay.ms", "60000");
    define("flush.messages", "log.flush.interval.messages", "9223372036854775807");
    define("flush.ms", "log.flush.interval.ms", "9223372036854775807");
    define("max.compaction.lag.ms", "log.cleaner.max.compaction.lag.ms", "9223372036854775807");
    define("max.message.bytes", "message.max.bytes", "1048588");
    define("message.timestamp.after.max.ms", "log.message.timestamp.after.max.ms", "3600000");
    define(
        "message.timestamp.before.max.ms",
        "log.message.timestamp.before.max.ms",
        "9223372036854775807");
    define("message.timestamp.type", "log.message.timestamp.type", "CreateTime");
    define("min.cleanable.dirty.ratio", "log.cleaner.min.cleanable.ratio", "0.5");
    define("min.compaction.lag.ms", "log.cleaner.min.compaction.lag.ms", "0");
    define("min.insync.replicas", "min.insync.replicas", "1");
    define("retention.bytes", "log.retention.bytes", "-1");
    define("retention.ms", "log.retention.ms", "604800000");
    define("segment.bytes", "log.segment.bytes", "1073741824");
    define("segment.index.bytes", "log.index.size.max.bytes", "10485760");
    define("segment.ms", "log.roll.ms", "604800000");
    define("unclean.leader.election.enable", "unclean.leader.election.enable", "false");
  }

  private static final Set<String> OBEYED =
      new TreeSet<>(
          List.of(
              "cleanup.policy",
              "delete.retention.ms",
              "flush.messages",
              "internal.segment.bytes",
              "max.compaction.lag.ms",
              "max.message.bytes",
              "message.timestamp.after.max.ms",
              "message.timestamp.type",
              "min.cleanable.dirty.ratio",
              "min.compaction.lag.ms",
              "min.insync.replicas",
              "retention.bytes",
              "retention.ms",
              "segment.bytes",
              "segment.ms",
              "unclean.leader.election.enable"));

  private final BrokerSettings settings;
  private final Map<String, String> dynamic;
  private final Map<String, String> own;

  private TopicConfigs(
      BrokerSettings settings, Map<String, String> dynamic, Map<String, String> own) {
    this.settings = settings;
    this.dynamic = dynamic;
    this.own = own;
  }

  /**
   * The settings of a topic as broker {@code broker} (or the controller, −1) sees them; an unknown
   * topic has the defaults.
   */
  public static TopicConfigs of(
      MetadataImage image, String topic, int broker, BrokerSettings settings) {
    TopicState state = image.topics().get(topic);
    return new TopicConfigs(
        settings, image.brokerConfigs(broker), state == null ? Map.of() : state.configs());
  }

  /** All names a topic can set, with Kafka's defaults. */
  public static Map<String, String> defaults() {
    return Collections.unmodifiableMap(DEFAULTS);
  }

  /** The names that change what the reference cluster does; others are kept and described only. */
  public static Set<String> obeyed() {
    return Collections.unmodifiableSet(OBEYED);
  }

  /** True for a name that a topic can set. */
  public static boolean known(String name) {
    return DEFAULTS.containsKey(name) || name.equals(INTERNAL_SEGMENT_BYTES);
  }

  /** min.insync.replicas. */
  public int minInSyncReplicas() {
    return (int) number("min.insync.replicas");
  }

  /** unclean.leader.election.enable. */
  public boolean uncleanLeaderElection() {
    return Boolean.parseBoolean(text("unclean.leader.election.enable"));
  }

  /** A whole number by the topic's name for it. */
  public long number(String name) {
    return Long.parseLong(text(name));
  }

  /** A text by the topic's name for it. */
  public String text(String name) {
    String brokerName = BROKER_NAMES.getOrDefault(name, name);
    String value = own.get(name);
    if (value == null) {
      value = dynamic.get(brokerName);
    }
    return value != null ? value : settings.text(brokerName, DEFAULTS.get(name));
  }

  private static void define(String name, String brokerName, String otherwise) {
    BROKER_NAMES.put(name, brokerName);
    DEFAULTS.put(name, otherwise);
  }
}
