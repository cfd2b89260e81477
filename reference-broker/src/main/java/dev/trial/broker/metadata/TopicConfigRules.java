package dev.trial.broker.metadata;

import dev.trial.broker.settings.BrokerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.record.internal.CompressionType;

/**
 * The settings that a topic can have, with their kinds, bounds and defaults, as LogConfig of Kafka
 * 4.3.1 defines them and in its order, which decides what is told first.
 */
public final class TopicConfigRules {

  /** Set by tests of Kafka too, which need segments below the 1 MB that 4.0 asks for. */
  static final String INTERNAL_SEGMENT_BYTES = "internal.segment.bytes";

  private static final String THROTTLED_REPLICA = "([0-9]+:[0-9]+)?";
  private static final ConfigDef RULES = new ConfigDef();
  private static final Map<String, String> OTHERWISE = new TreeMap<>();

  static {
    define(TopicConfig.SEGMENT_BYTES_CONFIG, Type.INT, 1 << 30, Range.atLeast(1 << 20));
    define(TopicConfig.SEGMENT_MS_CONFIG, Type.LONG, 604_800_000L, Range.atLeast(1));
    define(TopicConfig.SEGMENT_JITTER_MS_CONFIG, Type.LONG, 0L, Range.atLeast(0));
    define(TopicConfig.SEGMENT_INDEX_BYTES_CONFIG, Type.INT, 10_485_760, Range.atLeast(4));
    define(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, Type.LONG, Long.MAX_VALUE, Range.atLeast(1));
    define(TopicConfig.FLUSH_MS_CONFIG, Type.LONG, Long.MAX_VALUE, Range.atLeast(0));
    define(TopicConfig.RETENTION_BYTES_CONFIG, Type.LONG, -1L, null);
    define(TopicConfig.RETENTION_MS_CONFIG, Type.LONG, 604_800_000L, Range.atLeast(-1));
    define(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Type.INT, 1_048_588, Range.atLeast(0));
    define(TopicConfig.INDEX_INTERVAL_BYTES_CONFIG, Type.INT, 4_096, Range.atLeast(0));
    define(TopicConfig.DELETE_RETENTION_MS_CONFIG, Type.LONG, 86_400_000L, Range.atLeast(0));
    define(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Type.LONG, 0L, Range.atLeast(0));
    define(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Type.LONG, Long.MAX_VALUE, Range.atLeast(1));
    define(TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, Type.LONG, 60_000L, Range.atLeast(0));
    define(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, Type.DOUBLE, 0.5, Range.between(0, 1));
    define(
        TopicConfig.CLEANUP_POLICY_CONFIG, Type.LIST, "delete", ValidList.in("compact", "delete"));
    define(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, Type.BOOLEAN, false, null);
    define(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Type.INT, 1, Range.atLeast(1));
    compression();
    define(TopicConfig.PREALLOCATE_CONFIG, Type.BOOLEAN, false, null);
    define(
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        Type.STRING,
        "CreateTime",
        ValidString.in("CreateTime", "LogAppendTime"));
    define(
        TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
        Type.LONG,
        Long.MAX_VALUE,
        Range.atLeast(0));
    define(
        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Type.LONG, 3_600_000L, Range.atLeast(0));
    Validator throttled = TopicConfigRules::checkThrottled;
    define("leader.replication.throttled.replicas", Type.LIST, "", throttled);
    define("follower.replication.throttled.replicas", Type.LIST, "", throttled);
    tiering();
    RULES.defineInternal(INTERNAL_SEGMENT_BYTES, Type.INT, null, Importance.LOW);
    RULES
        .defaultValues()
        .forEach(
            (name, value) -> OTHERWISE.put(name, ConfigDef.convertToString(value, type(name))));
  }

  private TopicConfigRules() {}

  private static void define(String name, Type type, Object otherwise, Validator validator) {
    RULES.define(name, type, otherwise, validator, Importance.MEDIUM, "");
  }

  private static void compression() {
    define(
        TopicConfig.COMPRESSION_TYPE_CONFIG,
        Type.STRING,
        "producer",
        ValidString.in("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"));
    compression(TopicConfig.COMPRESSION_GZIP_LEVEL_CONFIG, CompressionType.GZIP);
    compression(TopicConfig.COMPRESSION_LZ4_LEVEL_CONFIG, CompressionType.LZ4);
    compression(TopicConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, CompressionType.ZSTD);
  }

  private static void compression(String name, CompressionType type) {
    define(name, Type.INT, type.defaultLevel(), type.levelValidator());
  }

  private static void tiering() {
    define(TopicConfig.REMOTE_LOG_STORAGE_ENABLE_CONFIG, Type.BOOLEAN, false, null);
    define(TopicConfig.LOCAL_LOG_RETENTION_MS_CONFIG, Type.LONG, -2L, Range.atLeast(-2));
    define(TopicConfig.LOCAL_LOG_RETENTION_BYTES_CONFIG, Type.LONG, -2L, Range.atLeast(-2));
    define(TopicConfig.REMOTE_LOG_COPY_DISABLE_CONFIG, Type.BOOLEAN, false, null);
    define(TopicConfig.REMOTE_LOG_DELETE_ON_DISABLE_CONFIG, Type.BOOLEAN, false, null);
  }

  /** Pairs of numbers, or one star (ThrottledReplicaListValidator). */
  private static void checkThrottled(String name, Object value) {
    List<String> replicas = ((List<?>) value).stream().map(each -> each.toString().trim()).toList();
    boolean pairs = replicas.stream().allMatch(each -> each.matches(THROTTLED_REPLICA));
    if (!pairs && !String.join("", replicas).equals("*")) {
      throw new ConfigException(
          name,
          value,
          name
              + " must be the literal '*' or a list of replicas in the following format:"
              + " [partitionId]:[brokerId],[partitionId]:[brokerId],...");
    }
  }

  /** The names that are described; one more is known. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(RULES.names());
    names.remove(INTERNAL_SEGMENT_BYTES);
    return names;
  }

  /** True for a name that a topic can set. */
  public static boolean known(String name) {
    return RULES.names().contains(name);
  }

  /** The kind of a known setting. */
  static Type type(String name) {
    return RULES.configKeys().get(name).type();
  }

  /** Kafka's default for a known setting, in words; null if there is none. */
  static String otherwise(String name) {
    return OTHERWISE.get(name);
  }

  /**
   * Looks at a value for a setting of a broker that topics have by another name.
   *
   * @throws ConfigException if it is not of its kind, or out of bounds
   */
  static void check(String name, String brokerName, String value) {
    Object parsed = ConfigDef.parseType(brokerName, value, type(name));
    Validator validator = RULES.configKeys().get(name).validator;
    if (validator != null) {
      validator.ensureValid(brokerName, parsed);
    }
  }

  /**
   * Looks at all that a topic is to have of its own (LogConfig.validate).
   *
   * @throws InvalidConfigurationException if it cannot have that
   */
  public static void check(Map<String, String> configs, BrokerSettings settings) {
    List<String> withoutValue = new ArrayList<>();
    configs.forEach(
        (name, value) -> withoutValue.addAll(value == null ? List.of(name) : List.of()));
    if (!withoutValue.isEmpty()) {
      throw new InvalidConfigurationException(
          "Null value not supported for topic configs: " + String.join(",", withoutValue));
    }
    for (String name : configs.keySet()) {
      if (!known(name)) {
        throw new InvalidConfigurationException("Unknown topic config name: " + name);
      }
    }
    try {
      checkTogether(RULES.parse(withBroker(configs, settings)));
    } catch (ConfigException invalid) {
      throw new InvalidConfigurationException(invalid.getMessage());
    }
  }

  /** What the broker was told in its own names counts where a topic says nothing. */
  private static Map<String, String> withBroker(
      Map<String, String> configs, BrokerSettings settings) {
    Map<String, String> all = new TreeMap<>();
    TopicConfigs effective = TopicConfigs.ofNew(Image.EMPTY, configs, settings);
    List.of(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG)
        .forEach(name -> all.put(name, effective.text(name)));
    all.putAll(configs);
    return all;
  }

  private static void checkTogether(Map<String, Object> values) {
    long leastLagMs = (Long) values.get(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG);
    long mostLagMs = (Long) values.get(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG);
    if (leastLagMs > mostLagMs) {
      throw new InvalidConfigurationException(
          "conflict topic config setting "
              + TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG
              + " ("
              + leastLagMs
              + ") > "
              + TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG
              + " ("
              + mostLagMs
              + ")");
    }
    if ((Boolean) values.get(TopicConfig.REMOTE_LOG_STORAGE_ENABLE_CONFIG)) {
      throw new InvalidConfigurationException(
          "Tiered Storage functionality is disabled in the broker. Topic cannot be configured with"
              + " remote log storage.");
    }
  }
}
