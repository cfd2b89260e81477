package dev.trial.broker.controller;

import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;

/**
 * AlterConfigs (KIP-133): the settings of a resource are those of the request, and no others
 * (ConfigurationControlManager.legacyAlterConfigs). It is the incremental change (KIP-339) that
 * sets what is named and deletes the rest, with the checks of ConfigAdminManager.preprocess before.
 */
final class FullConfigControl {
  private static final String REPEATED = "Each resource must appear at most once.";

  private final ControlState state;
  private final ConfigControl incremental;

  FullConfigControl(ControlState state, ConfigControl incremental) {
    this.state = state;
    this.incremental = incremental;
  }

  Decision alter(AlterConfigsRequestData request) {
    AlterConfigsResponseData response = new AlterConfigsResponseData();
    IncrementalAlterConfigsRequestData changes =
        new IncrementalAlterConfigsRequestData().setValidateOnly(request.validateOnly());
    for (AlterConfigsResource resource : request.resources()) {
      List<AlterConfigsResource> same =
          request.resources().findAll(resource.resourceType(), resource.resourceName());
      ApiError error = same.size() > 1 ? invalid(REPEATED) : check(resource);
      if (error.isFailure() && same.get(0) == resource) { // a second answer would be unreadable
        response.responses().add(answer(resource, error));
      } else if (!error.isFailure()) {
        changes.resources().add(change(resource));
      }
    }
    Decision decision = incremental.alter(changes);
    ((IncrementalAlterConfigsResponseData) decision.response())
        .responses()
        .forEach(
            each ->
                response
                    .responses()
                    .add(
                        new AlterConfigsResourceResponse()
                            .setResourceType(each.resourceType())
                            .setResourceName(each.resourceName())
                            .setErrorCode(each.errorCode())
                            .setErrorMessage(each.errorMessage())));
    return new Decision(decision.records(), response);
  }

  private static ApiError check(AlterConfigsResource resource) {
    List<String> names = resource.configs().stream().map(AlterableConfig::name).toList();
    if (Set.copyOf(names).size() < names.size()) {
      return invalid("Error due to duplicate config keys");
    }
    List<String> withoutValue =
        resource.configs().stream()
            .filter(config -> config.value() == null)
            .map(AlterableConfig::name)
            .toList();
    if (!withoutValue.isEmpty()) {
      return invalid("Null value not supported for : " + String.join(", ", withoutValue));
    }
    return switch (Type.forId(resource.resourceType())) {
      case TOPIC, BROKER, GROUP, CLIENT_METRICS -> ApiError.NONE;
      case BROKER_LOGGER, UNKNOWN -> invalid("Unknown resource type " + resource.resourceType());
    };
  }

  private static ApiError invalid(String message) {
    return new ApiError(Errors.INVALID_REQUEST, message);
  }

  private static AlterConfigsResourceResponse answer(
      AlterConfigsResource resource, ApiError error) {
    return new AlterConfigsResourceResponse()
        .setResourceType(resource.resourceType())
        .setResourceName(resource.resourceName())
        .setErrorCode(error.error().code())
        .setErrorMessage(error.message());
  }

  private IncrementalAlterConfigsRequestData.AlterConfigsResource change(
      AlterConfigsResource resource) {
    List<IncrementalAlterConfigsRequestData.AlterableConfig> configs = new ArrayList<>();
    Set<String> rest = new TreeSet<>(current(resource).keySet());
    for (AlterableConfig config : resource.configs()) {
      rest.remove(config.name());
      configs.add(operation(config.name(), OpType.SET).setValue(config.value()));
    }
    rest.forEach(name -> configs.add(operation(name, OpType.DELETE)));
    IncrementalAlterConfigsRequestData.AlterConfigsResource change =
        new IncrementalAlterConfigsRequestData.AlterConfigsResource()
            .setResourceType(resource.resourceType())
            .setResourceName(resource.resourceName());
    change.configs().addAll(configs);
    return change;
  }

  private static IncrementalAlterConfigsRequestData.AlterableConfig operation(
      String name, OpType type) {
    return new IncrementalAlterConfigsRequestData.AlterableConfig()
        .setName(name)
        .setConfigOperation(type.id());
  }

  private Map<String, String> current(AlterConfigsResource resource) {
    MetadataImage image = state.image();
    String name = resource.resourceName();
    return switch (Type.forId(resource.resourceType())) {
      case TOPIC -> {
        TopicState topic = image.topics().get(name);
        yield topic == null ? Map.of() : topic.configs();
      }
      case BROKER -> image.ownBrokerConfigs(name);
      case GROUP -> image.groupConfigs(name);
      case BROKER_LOGGER, CLIENT_METRICS, UNKNOWN -> Map.of();
    };
  }
}
