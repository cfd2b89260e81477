package dev.trial.broker.node;

import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.ApiError;

/**
 * IncrementalAlterConfigs on a broker: of brokers, it changes its own settings only; the rest goes
 * to the controller (ConfigAdminManager.preprocess).
 */
final class BrokerConfigRequests implements ApiHandler {
  private final int broker;
  private final ApiHandler controller;

  /**
   * @param controller passes a request on to it
   */
  BrokerConfigRequests(int broker, ApiHandler controller) {
    this.broker = broker;
    this.controller = controller;
  }

  @Override
  public void handle(RequestContext context, ApiMessage message, Responder responder) {
    IncrementalAlterConfigsRequestData request = (IncrementalAlterConfigsRequestData) message;
    Map<ConfigResource, ApiError> refused = refused(request);
    if (refused.isEmpty()) {
      controller.handle(context, request, responder);
      return;
    }
    IncrementalAlterConfigsResponseData answer = new IncrementalAlterConfigsResponseData();
    IncrementalAlterConfigsRequestData rest = new IncrementalAlterConfigsRequestData();
    rest.setValidateOnly(request.validateOnly());
    for (AlterConfigsResource resource : request.resources()) {
      ApiError error = refused.get(id(resource));
      if (error == null) {
        rest.resources().add(resource.duplicate());
      } else {
        answer.responses().add(answer(resource, error));
      }
    }
    if (rest.resources().isEmpty()) {
      responder.answer(answer);
    } else {
      controller.handle(context, rest, new Joined(responder, answer));
    }
  }

  private Map<ConfigResource, ApiError> refused(IncrementalAlterConfigsRequestData request) {
    Map<ConfigResource, ApiError> refused = new HashMap<>();
    for (AlterConfigsResource resource : request.resources()) {
      boolean repeated =
          request.resources().findAll(resource.resourceType(), resource.resourceName()).size() > 1;
      ApiError error = repeated ? ApiError.NONE : check(resource);
      if (error.isFailure()) {
        refused.put(id(resource), error);
      }
    }
    return refused;
  }

  private ApiError check(AlterConfigsResource resource) {
    try {
      String name = resource.resourceName();
      switch (ConfigResource.Type.forId(resource.resourceType())) {
        case BROKER -> checkBroker(name);
        case BROKER_LOGGER -> checkLogger(name);
        default -> {}
      }
      return ApiError.NONE;
    } catch (InvalidRequestException refusal) {
      return ApiError.fromThrowable(refusal);
    }
  }

  private void checkBroker(String name) {
    if (!name.isEmpty() && id(name) != broker) {
      throw new InvalidRequestException(
          "Unexpected broker id, expected " + broker + ", but received " + name);
    }
  }

  /** RuntimeLoggerManager; no logger's level can be changed here. */
  private void checkLogger(String name) {
    if (id(name) != broker) {
      throw new InvalidRequestException(
          "Unexpected node id. Expected " + broker + ", but received " + id(name));
    }
  }

  private static ConfigResource id(AlterConfigsResource resource) {
    ConfigResource.Type type = ConfigResource.Type.forId(resource.resourceType());
    return new ConfigResource(type, resource.resourceName());
  }

  private static int id(String name) {
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException e) {
      throw new InvalidRequestException("Node id must be an integer, but it is: " + name);
    }
  }

  private static AlterConfigsResourceResponse answer(
      AlterConfigsResource resource, ApiError error) {
    return new AlterConfigsResourceResponse()
        .setResourceType(resource.resourceType())
        .setResourceName(resource.resourceName())
        .setErrorCode(error.error().code())
        .setErrorMessage(error.message());
  }

  /** Puts what was refused here in front of the controller's answer. */
  private record Joined(Responder responder, IncrementalAlterConfigsResponseData refused)
      implements Responder {

    @Override
    public void answer(ApiMessage response) {
      ((IncrementalAlterConfigsResponseData) response)
          .responses()
          .forEach(each -> refused.responses().add(each.duplicate()));
      responder.answer(refused);
    }

    @Override
    public void none() {
      responder.none();
    }

    @Override
    public void disconnect() {
      responder.disconnect();
    }
  }
}
