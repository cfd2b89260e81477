package dev.trial.broker.node;

import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/** The two requests that change settings, and how their resources and answers are told apart. */
enum ConfigRequestForm {
  /** AlterConfigs (KIP-133): all settings of a resource at once; it knows no loggers. */
  FULL {
    @Override
    List<Resource> resources(ApiMessage request) {
      return ((AlterConfigsRequestData) request)
          .resources().stream()
              .map(each -> new Resource(each.resourceType(), each.resourceName()))
              .toList();
    }

    @Override
    ApiMessage only(Predicate<Resource> kept, ApiMessage request) {
      AlterConfigsRequestData copy = ((AlterConfigsRequestData) request).duplicate();
      copy.resources()
          .removeIf(each -> !kept.test(new Resource(each.resourceType(), each.resourceName())));
      return copy;
    }

    @Override
    List<Answer> answers(ApiMessage response) {
      return ((AlterConfigsResponseData) response)
          .responses().stream()
              .map(
                  each ->
                      new Answer(
                          new Resource(each.resourceType(), each.resourceName()),
                          each.errorCode(),
                          each.errorMessage()))
              .toList();
    }

    @Override
    ApiMessage response(List<Answer> answers) {
      AlterConfigsResponseData response = new AlterConfigsResponseData();
      for (Answer each : answers) {
        response
            .responses()
            .add(
                new AlterConfigsResourceResponse()
                    .setResourceType(each.resource().type())
                    .setResourceName(each.resource().name())
                    .setErrorCode(each.errorCode())
                    .setErrorMessage(each.errorMessage()));
      }
      return response;
    }
  },

  /** IncrementalAlterConfigs (KIP-339): single settings of a resource. */
  INCREMENTAL {
    @Override
    List<Resource> resources(ApiMessage request) {
      return ((IncrementalAlterConfigsRequestData) request)
          .resources().stream()
              .map(each -> new Resource(each.resourceType(), each.resourceName()))
              .toList();
    }

    @Override
    ApiMessage only(Predicate<Resource> kept, ApiMessage request) {
      IncrementalAlterConfigsRequestData copy =
          ((IncrementalAlterConfigsRequestData) request).duplicate();
      copy.resources()
          .removeIf(each -> !kept.test(new Resource(each.resourceType(), each.resourceName())));
      return copy;
    }

    @Override
    List<Answer> answers(ApiMessage response) {
      return ((IncrementalAlterConfigsResponseData) response)
          .responses().stream()
              .map(
                  each ->
                      new Answer(
                          new Resource(each.resourceType(), each.resourceName()),
                          each.errorCode(),
                          each.errorMessage()))
              .toList();
    }

    @Override
    ApiMessage response(List<Answer> answers) {
      IncrementalAlterConfigsResponseData response = new IncrementalAlterConfigsResponseData();
      for (Answer each : answers) {
        response
            .responses()
            .add(
                new IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse()
                    .setResourceType(each.resource().type())
                    .setResourceName(each.resource().name())
                    .setErrorCode(each.errorCode())
                    .setErrorMessage(each.errorMessage()));
      }
      return response;
    }
  };

  /** Whose settings are changed, with the type as it came. */
  record Resource(byte type, String name) {}

  /** What became of one resource's change. */
  record Answer(Resource resource, short errorCode, String errorMessage) {}

  /** In the request's order; one that is named twice stands twice. */
  abstract List<Resource> resources(ApiMessage request);

  /** A copy of the request with only those of its resources. */
  abstract ApiMessage only(Predicate<Resource> kept, ApiMessage request);

  abstract List<Answer> answers(ApiMessage response);

  abstract ApiMessage response(List<Answer> answers);
}
