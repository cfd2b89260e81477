package dev.trial.broker.metadata;

import dev.trial.broker.settings.BrokerSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/**
 * A consumer group's effective settings (KIP-848): its own, then the coordinator's, then Kafka
 * 4.3's defaults. Times are in milliseconds.
 */
public final class GroupConfigs {
  private static final String SESSION = "consumer.session.timeout.ms";
  private static final String HEARTBEAT = "consumer.heartbeat.interval.ms";
  private static final SortedMap<String, Bounds> KNOWN = new TreeMap<>();

  static {
    KNOWN.put(SESSION, new Bounds("session.timeout.ms", 45_000, 45_000, 60_000));
    KNOWN.put(HEARTBEAT, new Bounds("heartbeat.interval.ms", 5_000, 5_000, 15_000));
  }

  private final Map<String, String> own;
  private final BrokerSettings settings;

  private GroupConfigs(Map<String, String> own, BrokerSettings settings) {
    this.own = own;
    this.settings = settings;
  }

  /** The coordinator's names for a group's setting, with their defaults. */
  private record Bounds(String name, long otherwise, long least, long most) {
    long value(BrokerSettings settings) {
      return settings.number("group.consumer." + name, otherwise);
    }

    long least(BrokerSettings settings) {
      return settings.number("group.consumer.min." + name, least);
    }

    long most(BrokerSettings settings) {
      return settings.number("group.consumer.max." + name, most);
    }
  }

  /** The settings of a group. */
  public static GroupConfigs of(MetadataImage image, String group, BrokerSettings settings) {
    return new GroupConfigs(image.groupConfigs(group), settings);
  }

  /** All names that a group can set here, with their values. */
  public SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    KNOWN.keySet().forEach(name -> all.put(name, String.valueOf(number(name))));
    return Collections.unmodifiableSortedMap(all);
  }

  /** Everything that is set for a name, what counts first. */
  public List<ConfigOrigin> origins(String name) {
    Bounds known = KNOWN.get(name);
    String brokerName = "group.consumer." + known.name();
    List<ConfigOrigin> origins = new ArrayList<>();
    if (own.containsKey(name)) {
      origins.add(new ConfigOrigin(ConfigSource.GROUP_CONFIG, name, own.get(name)));
    }
    if (settings.has(brokerName)) {
      String told = settings.text(brokerName, null);
      origins.add(new ConfigOrigin(ConfigSource.STATIC_BROKER_CONFIG, brokerName, told));
    }
    String otherwise = String.valueOf(known.otherwise());
    origins.add(new ConfigOrigin(ConfigSource.DEFAULT_CONFIG, brokerName, otherwise));
    return origins;
  }

  /** consumer.session.timeout.ms: a member without a heartbeat for so long is out. */
  public int sessionTimeoutMs() {
    return number(SESSION);
  }

  /** consumer.heartbeat.interval.ms: how often members are told to send one. */
  public int heartbeatIntervalMs() {
    return number(HEARTBEAT);
  }

  private int number(String name) {
    String told = own.get(name);
    return told == null ? (int) KNOWN.get(name).value(settings) : Integer.parseInt(told);
  }

  /**
   * Why a group cannot have these settings, as Kafka's GroupConfig tells; null if it can. Values
   * outside of the brokers' bounds are refused, and a session must outlast a heartbeat interval.
   *
   * @param wanted all that the group would have of its own
   */
  public static String refusal(Map<String, String> wanted, BrokerSettings settings) {
    for (Map.Entry<String, String> each : wanted.entrySet()) {
      Bounds bounds = KNOWN.get(each.getKey());
      if (bounds == null) {
        return "Unknown group config name: " + each.getKey();
      }
      int value;
      try {
        value = (Integer) ConfigDef.parseType(each.getKey(), each.getValue(), Type.INT);
      } catch (ConfigException invalid) {
        return invalid.getMessage();
      }
      String wrong = outside(each.getKey(), value, bounds, settings);
      if (wrong != null) {
        return wrong;
      }
    }
    GroupConfigs next = new GroupConfigs(wanted, settings);
    return next.sessionTimeoutMs() > next.heartbeatIntervalMs()
        ? null
        : SESSION + " must be greater than " + HEARTBEAT;
  }

  private static String outside(String name, long value, Bounds bounds, BrokerSettings settings) {
    if (value < bounds.least(settings)) {
      return name + " must be greater than or equal to group.consumer.min." + bounds.name();
    }
    return value > bounds.most(settings)
        ? name + " must be less than or equal to group.consumer.max." + bounds.name()
        : null;
  }
}
