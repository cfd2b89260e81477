package dev.trial.broker.controller;

import dev.trial.broker.metadata.MetadataRecord.ConfigScope;
import dev.trial.broker.metadata.TopicConfigs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/** What the operations of one request make of the settings of one resource (KIP-339). */
final class ConfigEdit {
  private final ConfigScope scope;
  private final SortedMap<String, String> after;

  /**
   * @param before what the resource has of its own
   */
  ConfigEdit(ConfigScope scope, Map<String, String> before) {
    this.scope = scope;
    this.after = new TreeMap<>(before);
  }

  /**
   * Applies them all.
   *
   * @return the new values in the order of the request, null for what goes
   */
  Map<String, String> apply(AlterConfigsResource resource) {
    Map<String, String> changed = new LinkedHashMap<>();
    for (AlterableConfig config : resource.configs()) {
      String value = value(config);
      changed.put(config.name(), value);
      after.compute(config.name(), (name, before) -> value);
    }
    return changed;
  }

  /** What the resource is to have of its own then. */
  SortedMap<String, String> after() {
    return Collections.unmodifiableSortedMap(after);
  }

  private String value(AlterableConfig config) {
    OpType operation = OpType.forId(config.configOperation());
    if (operation == null) { // ControllerApis stumbles over it, and brokers' are looked at before
      throw new UnknownServerException();
    }
    return switch (operation) {
      case SET -> config.value();
      case DELETE -> null;
      case APPEND, SUBTRACT -> list(config, operation);
    };
  }

  private String list(AlterableConfig config, OpType operation) {
    if (!isList(config.name())) {
      throw new InvalidConfigurationException(
          scope == ConfigScope.BROKER
              ? "Config value "
                  + (operation == OpType.APPEND ? "append" : "subtract")
                  + " is not allowed for config key: "
                  + config.name()
              : "Can't "
                  + operation
                  + " to key "
                  + config.name()
                  + " because its type is not LIST.");
    }
    List<String> elements = elements(config.name());
    for (String element : config.value().split(",")) {
      if (operation == OpType.SUBTRACT) {
        elements.remove(element);
      } else if (!elements.contains(element)) {
        elements.add(element);
      }
    }
    return String.join(",", elements);
  }

  private boolean isList(String name) {
    return switch (scope) {
      case TOPIC -> TopicConfigs.type(name) == ConfigType.LIST;
      case BROKER -> BrokerConfigRules.isList(name);
      case GROUP -> false;
    };
  }

  /** Of its own, else the default. */
  private List<String> elements(String name) {
    String value = after.get(name);
    if (value == null) {
      value =
          scope == ConfigScope.TOPIC
              ? TopicConfigs.otherwise(name)
              : BrokerConfigRules.otherwise(name);
    }
    return value == null || value.isEmpty()
        ? new ArrayList<>()
        : new ArrayList<>(List.of(value.split(",")));
  }
}
