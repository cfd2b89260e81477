package dev.trial.broker.node;

import dev.trial.broker.metadata.ConfigOrigin;
import dev.trial.broker.metadata.GroupConfigs;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicConfigs;
import dev.trial.broker.settings.BrokerConfigTable;
import dev.trial.broker.settings.BrokerConfigTable.Row;
import dev.trial.broker.settings.BrokerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsSynonym;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/**
 * Answers DescribeConfigs as {@code kafka.server.ConfigHelper} does: each setting with where its
 * value is from and, if asked, with all that was set for it.
 */
final class ConfigDescription {
  private final int broker;
  private final MetadataImage image;
  private final BrokerSettings settings;

  ConfigDescription(int broker, MetadataImage image, BrokerSettings settings) {
    this.broker = broker;
    this.image = image;
    this.settings = settings;
  }

  DescribeConfigsResponseData answer(DescribeConfigsRequestData request) {
    DescribeConfigsResponseData response = new DescribeConfigsResponseData();
    for (DescribeConfigsResource resource : request.resources()) {
      DescribeConfigsResult result =
          new DescribeConfigsResult()
              .setResourceType(resource.resourceType())
              .setResourceName(resource.resourceName());
      try {
        describe(resource, result, request.includeSynonyms());
      } catch (ApiException invalid) {
        ApiError error = ApiError.fromThrowable(invalid);
        result.setErrorCode(error.error().code()).setErrorMessage(error.messageWithFallback());
      }
      response.results().add(result);
    }
    return response;
  }

  private void describe(
      DescribeConfigsResource resource, DescribeConfigsResult result, boolean synonyms) {
    ConfigResource.Type type = ConfigResource.Type.forId(resource.resourceType());
    switch (type) {
      case TOPIC -> topic(resource, result, synonyms);
      case BROKER -> broker(resource, result, synonyms);
      case GROUP -> group(resource, result, synonyms);
      case BROKER_LOGGER -> logger(resource.resourceName());
      case CLIENT_METRICS -> metrics(resource.resourceName());
      default -> throw Errors.INVALID_REQUEST.exception(); // DescribeConfigsRequest knows no other
    }
  }

  /** Of loggers there is nothing to tell here. */
  private void logger(String name) {
    if (name.isEmpty()) {
      throw new InvalidRequestException("Broker id must not be empty");
    }
    if (id(name) != broker) {
      throw new InvalidRequestException(
          "Unexpected broker id, expected " + broker + " but received " + name);
    }
    throw new InvalidRequestException("Unsupported resource type: BROKER_LOGGER");
  }

  private static void metrics(String name) {
    if (name.isEmpty()) {
      throw new InvalidRequestException("Client metrics subscription name must not be empty");
    }
    throw new InvalidRequestException("Unsupported resource type: CLIENT_METRICS");
  }

  private void topic(
      DescribeConfigsResource resource, DescribeConfigsResult result, boolean synonyms) {
    Topic.validate(resource.resourceName());
    if (!image.topics().containsKey(resource.resourceName())) {
      result.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
      return;
    }
    TopicConfigs configs = TopicConfigs.of(image, resource.resourceName(), broker, settings);
    for (String name : asked(resource, TopicConfigs.names())) {
      List<ConfigOrigin> origins = configs.origins(name);
      DescribeConfigsResourceResult entry = entry(name, configs.text(name), origins, synonyms);
      result.configs().add(entry.setConfigType(TopicConfigs.type(name).id()));
    }
  }

  private void broker(
      DescribeConfigsResource resource, DescribeConfigsResult result, boolean synonyms) {
    boolean one = !resource.resourceName().isEmpty();
    if (one && id(resource.resourceName()) != broker) {
      throw new InvalidRequestException(
          "Unexpected broker id, expected "
              + broker
              + " or empty string, but received "
              + resource.resourceName());
    }
    Set<String> names = new TreeSet<>(image.ownBrokerConfigs("").keySet());
    if (one) {
      names.addAll(image.ownBrokerConfigs(resource.resourceName()).keySet());
      names.addAll(settings.told().keySet());
      names.addAll(BrokerConfigTable.rows().keySet());
    }
    for (String name : asked(resource, names)) {
      result.configs().add(brokerEntry(name, one, synonyms));
    }
  }

  private DescribeConfigsResourceResult brokerEntry(String name, boolean one, boolean synonyms) {
    Row known = BrokerConfigTable.rows().get(name);
    List<ConfigOrigin> origins = brokerOrigins(name, one, known);
    String value = origins.isEmpty() ? null : origins.get(0).value();
    ConfigType type = known == null ? ConfigType.UNKNOWN : ConfigType.valueOf(known.type().name());
    DescribeConfigsResourceResult entry =
        entry(name, value, origins, synonyms)
            .setReadOnly(known == null || !known.dynamic())
            .setConfigType(type.id());
    return type == ConfigType.PASSWORD ? entry.setIsSensitive(true).setValue(null) : entry;
  }

  private static int id(String name) {
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException other) {
      throw new InvalidRequestException("Broker id must be an integer, but it is: " + name, other);
    }
  }

  private List<ConfigOrigin> brokerOrigins(String name, boolean one, Row known) {
    List<ConfigOrigin> origins = new ArrayList<>();
    if (one) {
      String own = image.ownBrokerConfigs(String.valueOf(broker)).get(name);
      add(origins, ConfigSource.DYNAMIC_BROKER_CONFIG, name, own);
    }
    String everywhere = image.ownBrokerConfigs("").get(name);
    add(origins, ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG, name, everywhere);
    if (one) {
      add(origins, ConfigSource.STATIC_BROKER_CONFIG, name, told(name));
      add(origins, ConfigSource.DEFAULT_CONFIG, name, known == null ? null : known.otherwise());
    }
    return origins;
  }

  private String told(String name) {
    boolean id = name.equals("node.id") || name.equals("broker.id");
    return id ? String.valueOf(broker) : settings.text(name, null);
  }

  private static void add(
      List<ConfigOrigin> origins, ConfigSource source, String name, String value) {
    if (value != null) {
      origins.add(new ConfigOrigin(source, name, value));
    }
  }

  private void group(
      DescribeConfigsResource resource, DescribeConfigsResult result, boolean synonyms) {
    if (resource.resourceName().isEmpty()) {
      throw new InvalidRequestException("Group name must not be empty");
    }
    GroupConfigs configs = GroupConfigs.of(image, resource.resourceName(), settings);
    for (String name : asked(resource, configs.all().keySet())) {
      String value = configs.all().get(name);
      List<ConfigOrigin> origins = configs.origins(name);
      DescribeConfigsResourceResult entry = entry(name, value, origins, synonyms);
      result.configs().add(entry.setConfigType(ConfigType.INT.id()));
    }
  }

  private static List<String> asked(DescribeConfigsResource resource, Set<String> names) {
    List<String> keys = resource.configurationKeys();
    return names.stream().filter(name -> keys == null || keys.contains(name)).toList();
  }

  private static DescribeConfigsResourceResult entry(
      String name, String value, List<ConfigOrigin> origins, boolean synonyms) {
    ConfigSource source = origins.isEmpty() ? ConfigSource.DEFAULT_CONFIG : origins.get(0).source();
    DescribeConfigsResourceResult entry =
        new DescribeConfigsResourceResult()
            .setName(name)
            .setValue(value)
            .setConfigSource(source.id());
    for (ConfigOrigin origin : synonyms ? origins : List.<ConfigOrigin>of()) {
      entry
          .synonyms()
          .add(
              new DescribeConfigsSynonym()
                  .setName(origin.name())
                  .setValue(origin.value())
                  .setSource(origin.source().id()));
    }
    return entry;
  }
}
