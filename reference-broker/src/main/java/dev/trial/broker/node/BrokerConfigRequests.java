package dev.trial.broker.node;

import dev.trial.broker.node.ConfigRequestForm.Answer;
import dev.trial.broker.node.ConfigRequestForm.Resource;
import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * Changes of settings on a broker, in either form: of brokers, it changes its own settings only;
 * the rest goes to the controller (ConfigAdminManager.preprocess).
 */
final class BrokerConfigRequests implements ApiHandler {
  private final int broker;
  private final ConfigRequestForm form;
  private final ApiHandler controller;

  /**
   * @param controller passes a request on to it
   */
  BrokerConfigRequests(int broker, ConfigRequestForm form, ApiHandler controller) {
    this.broker = broker;
    this.form = form;
    this.controller = controller;
  }

  @Override
  public void handle(RequestContext context, ApiMessage request, Responder responder) {
    List<Resource> resources = form.resources(request);
    Map<Resource, Answer> refused = refused(resources);
    if (refused.keySet().containsAll(resources)) {
      responder.answer(form.response(List.copyOf(refused.values())));
    } else if (refused.isEmpty()) {
      controller.handle(context, request, responder);
    } else {
      ApiMessage rest = form.only(each -> !refused.containsKey(each), request);
      controller.handle(context, rest, new Joined(responder, form, resources, refused));
    }
  }

  /** What is named twice the controller refuses. */
  private Map<Resource, Answer> refused(List<Resource> resources) {
    Map<Resource, Answer> refused = new LinkedHashMap<>();
    for (Resource resource : resources) {
      if (Collections.frequency(resources, resource) == 1) {
        try {
          check(resource);
        } catch (InvalidRequestException refusal) {
          short code = Errors.INVALID_REQUEST.code();
          refused.put(resource, new Answer(resource, code, refusal.getMessage()));
        }
      }
    }
    return refused;
  }

  private void check(Resource resource) {
    ConfigResource.Type type = ConfigResource.Type.forId(resource.type());
    if (type == ConfigResource.Type.BROKER) {
      checkBroker(resource.name());
    } else if (type == ConfigResource.Type.BROKER_LOGGER && form == ConfigRequestForm.INCREMENTAL) {
      checkLogger(resource.name());
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

  private static int id(String name) {
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException other) {
      throw new InvalidRequestException("Node id must be an integer, but it is: " + name, other);
    }
  }

  /**
   * Puts what was refused here together with the controller's answer, in the order of the request
   * (ConfigAdminManager.reassembleIncrementalResponse).
   */
  private record Joined(
      Responder responder,
      ConfigRequestForm form,
      List<Resource> order,
      Map<Resource, Answer> refused)
      implements Responder {

    @Override
    public void answer(ApiMessage response) {
      List<Answer> answers = new ArrayList<>(form.answers(response));
      answers.addAll(refused.values());
      answers.sort(Comparator.comparingInt(each -> order.indexOf(each.resource())));
      responder.answer(form.response(answers));
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
