package dev.trial.broker.node;

import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * AlterConfigs on a broker: of brokers, it changes its own settings only; the rest goes to the
 * controller (ConfigAdminManager.preprocess).
 */
final class FullConfigRequests implements ApiHandler {
  private final int broker;
  private final ApiHandler controller;

  /**
   * @param controller passes a request on to it
   */
  FullConfigRequests(int broker, ApiHandler controller) {
    this.broker = broker;
    this.controller = controller;
  }

  @Override
  public void handle(RequestContext context, ApiMessage message, Responder responder) {
    AlterConfigsRequestData request = (AlterConfigsRequestData) message;
    AlterConfigsResponseData refused = new AlterConfigsResponseData();
    AlterConfigsRequestData rest =
        new AlterConfigsRequestData().setValidateOnly(request.validateOnly());
    for (AlterConfigsResource resource : request.resources()) {
      try {
        check(resource);
        rest.resources().add(resource.duplicate());
      } catch (InvalidRequestException invalid) {
        refused.responses().add(answer(resource, invalid));
      }
    }
    if (rest.resources().isEmpty()) {
      responder.answer(refused);
    } else {
      controller.handle(context, rest, new Joined(responder, refused));
    }
  }

  private void check(AlterConfigsResource resource) {
    String name = resource.resourceName();
    if (resource.resourceType() == Type.BROKER.id() && !name.isEmpty() && id(name) != broker) {
      throw new InvalidRequestException(
          "Unexpected broker id, expected " + broker + ", but received " + name);
    }
  }

  private static int id(String name) {
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException other) {
      throw new InvalidRequestException("Node id must be an integer, but it is: " + name, other);
    }
  }

  private static AlterConfigsResourceResponse answer(
      AlterConfigsResource resource, InvalidRequestException invalid) {
    return new AlterConfigsResourceResponse()
        .setResourceType(resource.resourceType())
        .setResourceName(resource.resourceName())
        .setErrorCode(Errors.INVALID_REQUEST.code())
        .setErrorMessage(invalid.getMessage());
  }

  /** Puts what was refused here in front of the controller's answer. */
  private record Joined(Responder responder, AlterConfigsResponseData refused)
      implements Responder {

    @Override
    public void answer(ApiMessage response) {
      AlterConfigsResponseData rest = (AlterConfigsResponseData) response;
      rest.responses().addAll(0, refused.responses());
      responder.answer(rest);
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
