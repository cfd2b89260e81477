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
  /** The broker's own has no default, as those with another name in hours. */
  private static final String FLUSH_MS = "flush.ms";

  private static final long MS_PER_HOUR = 3_600_000;
  private static final Map<String, Synonyms> SYNONYMS = new TreeMap<>();

  static {
    define("cleanup.policy", "log.cleanup.policy");
    define("compression.gzip.level", "compression.gzip.level");
    define("compression.lz4.level", "compression.lz4.level");
    define("compression.type", "compression.type");
    define("compression.zstd.level", "compression.zstd.level");
    define("delete.retention.ms", "log.cleaner.delete.retention.ms");
    define("file.delete.delay.ms", "log.segment.delete.delay.ms");
    define("flush.messages", "log.flush.interval.messages");
    define("flush.ms", "log.flush.interval.ms");
    define("index.interval.bytes", "log.index.interval.bytes");
    define("local.retention.bytes", "log.local.retention.bytes");
    define("local.retention.ms", "log.local.retention.ms");
    define("max.compaction.lag.ms", "log.cleaner.max.compaction.lag.ms");
    define("max.message.bytes", "message.max.bytes");
    define("message.timestamp.after.max.ms", "log.message.timestamp.after.max.ms");
    define("message.timestamp.before.max.ms", "log.message.timestamp.before.max.ms");
    define("message.timestamp.type", "log.message.timestamp.type");
    define("min.cleanable.dirty.ratio", "log.cleaner.min.cleanable.ratio");
    define("min.compaction.lag.ms", "log.cleaner.min.compaction.lag.ms");
    define("min.insync.replicas", "min.insync.replicas");
    define("preallocate", "log.preallocate");
    define("retention.bytes", "log.retention.bytes");
    define("retention.ms", "log.retention.ms", "log.retention.hours");
    define("segment.bytes", "log.segment.bytes");
    define("segment.index.bytes", "log.index.size.max.bytes");
    define("segment.jitter.ms", "log.roll.jitter.ms", "log.roll.jitter.hours");
    define("segment.ms", "log.roll.ms", "log.roll.hours");
    define("unclean.leader.election.enable", "unclean.leader.election.enable");
  }

  /**
   * What is known of a setting.
   *
   * @param brokerName the broker's name for it
   * @param inHours the broker's other name for it, in hours; null for most
   */
  private record Synonyms(String brokerName, String inHours) {}

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
              "message.timestamp.before.max.ms",
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

  /** The settings of a topic that is to have {@code own}, as the controller sees them. */
  public static TopicConfigs ofNew(
      MetadataImage image, Map<String, String> own, BrokerSettings settings) {
    return new TopicConfigs(
        settings, image.ownBrokerConfigs("-1"), image.ownBrokerConfigs(""), own);
  }

  /** All names a topic can set. */
  public static Set<String> names() {
    return TopicConfigRules.names();
  }

  /** What kind of value a name has. */
  public static ConfigType type(String name) {
    return TopicConfigRules.known(name)
        ? ConfigType.valueOf(TopicConfigRules.type(name).name())
        : ConfigType.UNKNOWN;
  }

  /** A topic's name for a setting of brokers that topics have, too; empty for any other. */
  public static Optional<String> ofBrokers(String brokerName) {
    return SYNONYMS.entrySet().stream()
        .filter(each -> each.getValue().brokerName().equals(brokerName))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Kafka's default for a name, null if there is none. */
  public static String otherwise(String name) {
    return TopicConfigRules.known(name) ? TopicConfigRules.otherwise(name) : null;
  }

  /**
   * Looks at a value of a broker's setting that topics have, too.
   *
   * @throws org.apache.kafka.common.config.ConfigException if it does not take it
   */
  public static void checkOfBrokers(String brokerName, String value) {
    TopicConfigRules.check(ofBrokers(brokerName).orElseThrow(), brokerName, value);
  }

  /** The names that change what the reference cluster does; others are kept and described only. */
  public static Set<String> obeyed() {
    return Collections.unmodifiableSet(OBEYED);
  }

  /** What a topic's setting takes, in words, where it does not take this value; else null. */
  public static String refusal(String name, String value) {
    Synonyms known = SYNONYMS.get(name);
    return SettingValues.refusal(known == null ? name : known.brokerName(), value);
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
    Synonyms known = SYNONYMS.get(name);
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
    return settings.text(brokerName, silent(name, known));
  }

  private String silent(String name, Synonyms known) {
    boolean inHours = known != null && known.inHours() != null && settings.has(known.inHours());
    if (!inHours) {
      return otherwise(name);
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
    Synonyms known = SYNONYMS.get(name);
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
    if (known.inHours() == null && !name.equals(FLUSH_MS)) {
      add(origins, ConfigSource.DEFAULT_CONFIG, brokerName, otherwise(name));
    }
    return origins;
  }

  private static void add(
      List<ConfigOrigin> origins, ConfigSource source, String name, String value) {
    if (value != null) {
      origins.add(new ConfigOrigin(source, name, value));
    }
  }

  private static void define(String name, String brokerName) {
    SYNONYMS.put(name, new Synonyms(brokerName, null));
  }

  /** A time, unless told in milliseconds or, by the broker, in hours. */
  private static void define(String name, String brokerName, String inHours) {
    SYNONYMS.put(name, new Synonyms(brokerName, inHours));
  }
}
