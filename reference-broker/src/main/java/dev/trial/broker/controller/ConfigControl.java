package dev.trial.broker.controller;

import dev.trial.broker.metadata.GroupConfigs;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.ConfigChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigScope;
import dev.trial.broker.metadata.TopicConfigs;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.Errors;

/**
 * Changes of topic, broker and group settings (KIP-339, KIP-848). Appending to list settings is not
 * supported.
 */
final class ConfigControl {
  private static final byte TOPIC = 2;
  private static final byte BROKER = 4;
  private static final byte GROUP = 32;
  private static final byte SET = 0;
  private static final byte DELETE = 1;
  private static final String MIN_INSYNC = "min.insync.replicas";

  private final ControlState state;

  ConfigControl(ControlState state) {
    this.state = state;
  }

  Decision alter(IncrementalAlterConfigsRequestData request) {
    List<MetadataRecord> records = new ArrayList<>();
    IncrementalAlterConfigsResponseData response = new IncrementalAlterConfigsResponseData();
    for (AlterConfigsResource resource : request.resources()) {
      List<MetadataRecord> changes = new ArrayList<>();
      Errors error = alter(resource, changes);
      response
          .responses()
          .add(
              new AlterConfigsResourceResponse()
                  .setErrorCode(error.code())
                  .setErrorMessage(error == Errors.NONE ? null : error.message())
                  .setResourceType(resource.resourceType())
                  .setResourceName(resource.resourceName()));
      if (error == Errors.NONE && !request.validateOnly()) {
        records.addAll(changes);
        records.addAll(eligibleCleared(changes));
      }
    }
    return new Decision(records, response);
  }

  private Errors alter(AlterConfigsResource resource, List<MetadataRecord> changes) {
    if (resource.resourceType() == GROUP) {
      return alterGroup(resource, changes);
    }
    boolean topic = resource.resourceType() == TOPIC;
    if (!topic && resource.resourceType() != BROKER) {
      return Errors.INVALID_REQUEST;
    }
    if (topic && !state.image().topics().containsKey(resource.resourceName())) {
      return Errors.UNKNOWN_TOPIC_OR_PARTITION;
    }
    ConfigScope scope = topic ? ConfigScope.TOPIC : ConfigScope.BROKER;
    for (AlterableConfig config : resource.configs()) {
      boolean set = config.configOperation() == SET;
      if (!set && config.configOperation() != DELETE) {
        return Errors.INVALID_REQUEST;
      }
      if (topic && set && !valid(config.name(), config.value())) {
        return Errors.INVALID_CONFIG;
      }
      if (!topic && set && !takes(config)) {
        return Errors.INVALID_REQUEST; // not INVALID_CONFIG: KAFKA-13609
      }
      if (!topic && refused(resource.resourceName(), config.name(), set)) {
        return Errors.INVALID_CONFIG;
      }
      changes.add(
          new ConfigChanged(
              scope, resource.resourceName(), config.name(), set ? config.value() : null));
    }
    return Errors.NONE;
  }

  /** True unless it is a broker's setting that is obeyed, with a value that is not of its kind. */
  private static boolean takes(AlterableConfig config) {
    return !BrokerSettings.obeyed().contains(config.name())
        || config.value() != null && SettingValues.refusal(config.name(), config.value()) == null;
  }

  /**
   * Where eligible leader replicas are kept, the controller must know every minimum: no broker may
   * have one of its own, and the cluster's may not go (KIP-966).
   */
  private boolean refused(String broker, String name, boolean set) {
    return state.keepsEligible() && name.equals(MIN_INSYNC) && (!broker.isEmpty() || !set);
  }

  private List<MetadataRecord> eligibleCleared(List<MetadataRecord> changes) {
    List<MetadataRecord> cleared = new ArrayList<>();
    for (MetadataRecord each : changes) {
      if (each instanceof ConfigChanged change && change.key().equals(MIN_INSYNC)) {
        boolean topic = change.scope() == ConfigScope.TOPIC;
        cleared.addAll(state.withoutEligible(topic ? change.name() : null));
      }
    }
    return cleared;
  }

  /** The group need not exist: what it is to have waits for it. */
  private Errors alterGroup(AlterConfigsResource resource, List<MetadataRecord> changes) {
    if (resource.resourceName().isEmpty()) {
      return Errors.INVALID_REQUEST;
    }
    Map<String, String> wanted = new TreeMap<>(state.image().groupConfigs(resource.resourceName()));
    for (AlterableConfig config : resource.configs()) {
      boolean set = config.configOperation() == SET;
      if (!set && config.configOperation() != DELETE || set && config.value() == null) {
        return Errors.INVALID_REQUEST;
      }
      String value = set ? config.value() : null;
      wanted.compute(config.name(), (name, before) -> value);
      changes.add(
          new ConfigChanged(ConfigScope.GROUP, resource.resourceName(), config.name(), value));
    }
    return GroupConfigs.refusal(wanted, state.settings()) == null
        ? Errors.NONE
        : Errors.INVALID_CONFIG;
  }

  /** True for a topic setting that exists, with a value of its kind. */
  static boolean valid(String name, String value) {
    return TopicConfigs.known(name) && value != null && TopicConfigs.refusal(name, value) == null;
  }
}
