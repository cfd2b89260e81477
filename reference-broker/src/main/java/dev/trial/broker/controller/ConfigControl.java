package dev.trial.broker.controller;

import dev.trial.broker.metadata.GroupConfigs;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.ConfigChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigScope;
import dev.trial.broker.metadata.TopicConfigRules;
import dev.trial.broker.metadata.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.requests.ApiError;

/**
 * Changes of topic, broker and group settings (KIP-339, KIP-848), with the checks of
 * ConfigAdminManager.preprocess and ConfigurationControlManager in their order. Each resource is
 * decided by itself.
 */
final class ConfigControl {
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
      ApiError error = tryAlter(request, resource, changes);
      response
          .responses()
          .add(
              new AlterConfigsResourceResponse()
                  .setErrorCode(error.error().code())
                  .setErrorMessage(error.message())
                  .setResourceType(resource.resourceType())
                  .setResourceName(resource.resourceName()));
      if (error.isSuccess() && !request.validateOnly()) {
        records.addAll(changes);
        records.addAll(eligibleCleared(changes));
      }
    }
    return new Decision(records, response);
  }

  private ApiError tryAlter(
      IncrementalAlterConfigsRequestData request,
      AlterConfigsResource resource,
      List<MetadataRecord> changes) {
    try {
      if (request.resources().findAll(resource.resourceType(), resource.resourceName()).size()
          > 1) {
        throw new InvalidRequestException("Each resource must appear at most once.");
      }
      checkForm(resource);
      alter(resource, changes);
      return ApiError.NONE;
    } catch (ApiException refusal) {
      return ApiError.fromThrowable(refusal);
    }
  }

  private static void checkForm(AlterConfigsResource resource) {
    Set<String> names = new TreeSet<>();
    List<String> withoutValue = new ArrayList<>();
    for (AlterableConfig config : resource.configs()) {
      if (!names.add(config.name())) {
        throw new InvalidRequestException("Error due to duplicate config keys");
      }
      if (config.configOperation() != OpType.DELETE.id() && config.value() == null) {
        withoutValue.add(config.name());
      }
    }
    if (!withoutValue.isEmpty()) {
      throw new InvalidRequestException(
          "Null value not supported for : " + String.join(", ", withoutValue));
    }
  }

  private void alter(AlterConfigsResource resource, List<MetadataRecord> changes) {
    switch (ConfigResource.Type.forId(resource.resourceType())) {
      case TOPIC -> alterTopic(resource, changes);
      case BROKER -> alterBroker(resource, changes);
      case GROUP -> alterGroup(resource, changes);
      case CLIENT_METRICS -> throw metrics(resource.resourceName());
      default ->
          throw new InvalidRequestException("Unknown resource type " + resource.resourceType());
    }
  }

  /** There are none here; a name is asked for first (ClientMetricsConfigs.validate). */
  private static InvalidRequestException metrics(String name) {
    return new InvalidRequestException(
        name.isEmpty()
            ? "Subscription name can't be empty"
            : "Unknown resource type " + ConfigResource.Type.CLIENT_METRICS.id());
  }

  private void alterTopic(AlterConfigsResource resource, List<MetadataRecord> changes) {
    String name = resource.resourceName();
    TopicState topic = state.image().topics().get(name);
    ConfigEdit edit = new ConfigEdit(ConfigScope.TOPIC, topic == null ? Map.of() : topic.configs());
    Map<String, String> changed = edit.apply(resource);
    if (name.isEmpty()) {
      throw new InvalidRequestException("Default topic resources are not allowed.");
    }
    Topic.validate(name);
    TopicConfigRules.check(edit.after(), state.settings());
    if (topic == null) {
      throw new UnknownTopicOrPartitionException("The topic '" + name + "' does not exist.");
    }
    record(ConfigScope.TOPIC, name, changed, changes);
  }

  private void alterBroker(AlterConfigsResource resource, List<MetadataRecord> changes) {
    String name = resource.resourceName();
    for (AlterableConfig config : resource.configs()) {
      if (OpType.forId(config.configOperation()) == null) {
        throw new InvalidRequestException("Unknown operations type " + config.configOperation());
      }
    }
    ConfigEdit edit = new ConfigEdit(ConfigScope.BROKER, state.image().ownBrokerConfigs(name));
    Map<String, String> changed = edit.apply(resource);
    BrokerConfigRules.check(name, edit.after());
    if (state.keepsEligible() && changed.containsKey(MIN_INSYNC)) {
      checkMinimum(name, changed.get(MIN_INSYNC));
    }
    record(ConfigScope.BROKER, name, changed, changes);
  }

  /**
   * Where eligible leader replicas are kept, the controller must know every minimum: no broker may
   * have one of its own, and the cluster's may not go (KIP-966).
   */
  private static void checkMinimum(String broker, String value) {
    if (!broker.isEmpty()) {
      throw new InvalidConfigurationException(
          "Broker-level " + MIN_INSYNC + " cannot be altered while ELR is enabled.");
    }
    if (value == null) {
      throw new InvalidConfigurationException(
          "Cluster-level " + MIN_INSYNC + " cannot be removed while ELR is enabled.");
    }
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
  private void alterGroup(AlterConfigsResource resource, List<MetadataRecord> changes) {
    String name = resource.resourceName();
    ConfigEdit edit = new ConfigEdit(ConfigScope.GROUP, state.image().groupConfigs(name));
    Map<String, String> changed = edit.apply(resource);
    if (name.isEmpty()) {
      throw new InvalidRequestException("Default group resources are not allowed.");
    }
    String refusal = GroupConfigs.refusal(edit.after(), state.settings());
    if (refusal != null) {
      throw new InvalidConfigurationException(refusal);
    }
    record(ConfigScope.GROUP, name, changed, changes);
  }

  private static void record(
      ConfigScope scope, String name, Map<String, String> changed, List<MetadataRecord> changes) {
    changed.forEach((key, value) -> changes.add(new ConfigChanged(scope, name, key, value)));
  }
}
