package dev.trial.broker.metadata;

import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.settings.SettingValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/**
 * A topic's effective settings: its own, then the cluster's dynamic ones, then the broker's, then
 * Kafka 4.3's defaults. Names are the topic's; the broker's synonyms are looked up here.
 */
public final class TopicConfigs {
  /** Set by tests of Kafka too, which need segments below the 1 MB that 4.0 asks for. */
  private static final String INTERNAL_SEGMENT_BYTES = "internal.segment.bytes";

  private static final long MS_PER_HOUR = 3_600_000;
  private static final Map<String, Definition> DEFINITIONS = new TreeMap<>();

  static {
    define("cleanup.policy", "log.cleanup.policy", ConfigType.LIST, "delete");
    define("compression.type", "compression.type", ConfigType.STRING, "producer");
    define("delete.retention.ms", "log.cleaner.delete.retention.ms", ConfigType.LONG, "86400000");
    define("file.delete.delay.ms", "log.segment.delete.delay.ms", ConfigType.LONG, "60000");
    define("flush.messages", "log.flush.interval.messages", ConfigType.LONG, "9223372036854775807");
    define("flush.ms", "log.flush.interval.ms", ConfigType.LONG, "9223372036854775807");
    define(
        "max.compaction.lag.ms",
        "log.cleaner.max.compaction.lag.ms",
        ConfigType.LONG,
        "9223372036854775807");
    define("max.message.bytes", "message.max.bytes", ConfigType.INT, "1048588");
    define(
        "message.timestamp.after.max.ms",
        "log.message.timestamp.after.max.ms",
        ConfigType.LONG,
        "3600000");
    define(
        "message.timestamp.before.max.ms",
        "log.message.timestamp.before.max.ms",
        ConfigType.LONG,
        "9223372036854775807");
    define("message.timestamp.type", "log.message.timestamp.type", ConfigType.STRING, "CreateTime");
    define(
        "min.cleanable.dirty.ratio", "log.cleaner.min.cleanable.ratio", ConfigType.DOUBLE, "0.5");
    define("min.compaction.lag.ms", "log.cleaner.min.compaction.lag.ms", ConfigType.LONG, "0");
    define("min.insync.replicas", "min.insync.replicas", ConfigType.INT, "1");
    define("retention.bytes", "log.retention.bytes", ConfigType.LONG, "-1");
    defineInHours("retention.ms", "log.retention.ms", "log.retention.hours");
    define("segment.bytes", "log.segment.bytes", ConfigType.INT, "1073741824");
    define("segment.index.bytes", "log.index.size.max.bytes", ConfigType.INT, "10485760");
    defineInHours("segment.ms", "log.roll.ms", "log.roll.hours");
    define(
        "unclean.leader.election.enable",
        "unclean.leader.election.enable",
        ConfigType.BOOLEAN,
        "false");
  }

  /**
   * What is known of a setting.
   *
   * @param brokerName the broker's name for it
   * @param inHours the broker's other name for it, in hours; null for most
   * @param otherwise Kafka's default
   */
  private record Definition(String brokerName, String inHours, ConfigType type, String otherwise) {}

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
  private final Map<String, String> dynamicDefaults;
  private final Map<String, String> own;

  private TopicConfigs(
      BrokerSettings settings,
      Map<String, String> dynamic,
      Map<String, String> dynamicDefaults,
      Map<String, String> own) {
    this.settings = settings;
    this.dynamic = dynamic;
    this.dynamicDefaults = dynamicDefaults;
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
        settings,
        image.ownBrokerConfigs(String.valueOf(broker)),
        image.ownBrokerConfigs(""),
        state == null ? Map.of() : state.configs());
  }

  /** All names a topic can set. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(DEFINITIONS.keySet());
  }

  /** What kind of value a name has. */
  public static ConfigType type(String name) {
    Definition known = DEFINITIONS.get(name);
    return known == null ? ConfigType.UNKNOWN : known.type();
  }

  /** The kind of value of a broker's setting that topics have, too; empty for any other. */
  public static Optional<ConfigType> typeForBrokers(String brokerName) {
    return DEFINITIONS.values().stream()
        .filter(each -> each.brokerName().equals(brokerName))
        .map(Definition::type)
        .findFirst();
  }

  /** The names that change what the reference cluster does; others are kept and described only. */
  public static Set<String> obeyed() {
    return Collections.unmodifiableSet(OBEYED);
  }

  /** What a topic's setting takes, in words, where it does not take this value; else null. */
  public static String refusal(String name, String value) {
    Definition known = DEFINITIONS.get(name);
    return SettingValues.refusal(known == null ? name : known.brokerName(), value);
  }

  /** True for a name that a topic can set. */
  public static boolean known(String name) {
    return DEFINITIONS.containsKey(name) || name.equals(INTERNAL_SEGMENT_BYTES);
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
    Definition known = DEFINITIONS.get(name);
    String brokerName = known == null ? name : known.brokerName();
    String value = own.get(name);
    if (value == null) {
      value = dynamic.get(brokerName);
    }
    if (value == null) {
      value = dynamicDefaults.get(brokerName);
    }
    if (value != null) {
      return value;
    }
    return settings.text(brokerName, known == null ? null : silent(known));
  }

  private String silent(Definition known) {
    if (known.inHours() == null || !settings.has(known.inHours())) {
      return known.otherwise();
    }
    long hours = settings.number(known.inHours(), 0);
    return String.valueOf(hours < 0 ? -1 : hours * MS_PER_HOUR);
  }

  /**
   * Everything that is set for a name, what counts first, as {@code ConfigHelper.configSynonyms} of
   * Kafka tells it: without what only another name of the broker says.
   */
  public List<ConfigOrigin> origins(String name) {
    List<ConfigOrigin> origins = new ArrayList<>();
    add(origins, ConfigSource.TOPIC_CONFIG, name, own.get(name));
    Definition known = DEFINITIONS.get(name);
    if (known == null) {
      return origins;
    }
    String brokerName = known.brokerName();
    add(origins, ConfigSource.DYNAMIC_BROKER_CONFIG, brokerName, dynamic.get(brokerName));
    add(
        origins,
        ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG,
        brokerName,
        dynamicDefaults.get(brokerName));
    add(origins, ConfigSource.STATIC_BROKER_CONFIG, brokerName, settings.text(brokerName, null));
    if (known.inHours() == null) {
      add(origins, ConfigSource.DEFAULT_CONFIG, brokerName, known.otherwise());
    }
    return origins;
  }

  private static void add(
      List<ConfigOrigin> origins, ConfigSource source, String name, String value) {
    if (value != null) {
      origins.add(new ConfigOrigin(source, name, value));
    }
  }

  private static void define(String name, String brokerName, ConfigType type, String otherwise) {
    DEFINITIONS.put(name, new Definition(brokerName, null, type, otherwise));
  }

  /** A week, unless told in milliseconds or, by the broker, in hours. */
  private static void defineInHours(String name, String brokerName, String inHours) {
    DEFINITIONS.put(name, new Definition(brokerName, inHours, ConfigType.LONG, "604800000"));
  }
}
