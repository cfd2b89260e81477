package dev.trial.broker.node;

import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.ErrorAnswers;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/** What administrators ask a broker about the metadata, answered from its own image. */
final class AdminQueries {
  private final Supplier<? extends MetadataImage> image;
  private final BrokerSettings settings;

  AdminQueries(Supplier<? extends MetadataImage> image, BrokerSettings settings) {
    this.image = image;
    this.settings = settings;
  }

  /** Serves the descriptions and lists that need nothing but the image. */
  void register(Handlers handlers) {
    serve(
        handlers,
        ApiKeys.DESCRIBE_TOPIC_PARTITIONS,
        (version, request) ->
            new TopicPartitions(image.get(), settings)
                .answer((DescribeTopicPartitionsRequestData) request));
    serve(
        handlers,
        ApiKeys.DESCRIBE_CLIENT_QUOTAS,
        (version, request) ->
            new QuotaDescription((DescribeClientQuotasRequestData) request)
                .answer(image.get().clientQuotas()));
    serve(
        handlers,
        ApiKeys.DESCRIBE_USER_SCRAM_CREDENTIALS,
        (version, request) ->
            ScramCredentials.answer((DescribeUserScramCredentialsRequestData) request));
    serve(
        handlers,
        ApiKeys.LIST_CONFIG_RESOURCES,
        (version, request) ->
            new ConfigResources(image.get())
                .answer((ListConfigResourcesRequestData) request, version));
  }

  /** Answers at once; an exception of Kafka's refuses the whole request. */
  private interface Query {
    ApiMessage answer(short version, ApiMessage request);
  }

  private static void serve(Handlers handlers, ApiKeys api, Query query) {
    handlers.register(
        api, (context, request, responder) -> serve(query, context, request, responder));
  }

  private static void serve(
      Query query, RequestContext context, ApiMessage request, Responder responder) {
    ApiMessage answer;
    try {
      answer = query.answer(context.version(), request);
    } catch (ApiException refused) {
      answer = ErrorAnswers.of(context, request, refused);
    }
    responder.answer(answer);
  }
}
