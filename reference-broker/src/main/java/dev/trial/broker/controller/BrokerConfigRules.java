package dev.trial.broker.controller;

import dev.trial.broker.metadata.TopicConfigs;
import dev.trial.broker.settings.BrokerConfigTable;
import dev.trial.broker.settings.BrokerConfigTable.Row;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.settings.SettingValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.InvalidRequestException;

/**
 * What may be set of a broker, or of all, while they run (KIP-226; DynamicBrokerConfig.validate). A
 * value that is not of its kind is an InvalidRequestException there (KAFKA-13609).
 */
final class BrokerConfigRules {
  private static final Set<String> PER_BROKER =
      Set.of(
          "advertised.listeners",
          "cordoned.log.dirs",
          "listener.security.protocol.map",
          "listeners",
          "principal.builder.class");

  private BrokerConfigRules() {}

  /**
   * @param broker its id; empty for all
   * @throws InvalidRequestException if it cannot have these
   */
  static void check(String broker, Map<String, String> configs) {
    refuse(configs, BrokerConfigRules::readOnly, "Cannot update these configs dynamically");
    refuse(
        configs,
        SslConfigs.RECONFIGURABLE_CONFIGS::contains,
        "These security configs can be dynamically updated only per-listener using the listener"
            + " prefix");
    try {
      configs.forEach(BrokerConfigRules::checkValue);
    } catch (ConfigException invalid) {
      throw new InvalidRequestException(invalid.getMessage());
    }
    if (broker.isEmpty()) {
      refuse(
          configs,
          PER_BROKER::contains,
          "Cannot update these configs at default cluster level, broker id must be specified");
    }
  }

  /** True for settings that are lists. */
  static boolean isList(String name) {
    Row known = BrokerConfigTable.rows().get(name);
    return known != null && known.type() == Type.LIST;
  }

  /** The default of a setting, null if there is none. */
  static String otherwise(String name) {
    Row known = BrokerConfigTable.rows().get(name);
    return known == null ? null : known.otherwise();
  }

  private static boolean readOnly(String name) {
    Row known = BrokerConfigTable.rows().get(name);
    return known != null && !known.dynamic();
  }

  private static void refuse(Map<String, String> configs, Predicate<String> bad, String why) {
    List<String> names = new TreeSet<>(configs.keySet()).stream().filter(bad).toList();
    if (!names.isEmpty()) {
      throw new InvalidRequestException(why + ": " + names);
    }
  }

  private static void checkValue(String name, String value) {
    if (TopicConfigs.ofBrokers(name).isPresent()) {
      TopicConfigs.checkOfBrokers(name, value);
      return;
    }
    Row known = BrokerConfigTable.rows().get(name);
    if (known != null) {
      ConfigDef.parseType(name, value, known.type());
    }
    String takes =
        BrokerSettings.obeyed().contains(name) ? SettingValues.refusal(name, value) : null;
    if (takes != null) {
      throw new ConfigException(name, value, "Value must be " + takes);
    }
  }
}
