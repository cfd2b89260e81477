package dev.trial.broker.node;

import dev.trial.broker.metadata.GroupConfigs;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicConfigs;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.settings.BrokerSettings;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.protocol.Errors;

/** Answers DescribeConfigs: effective settings of topics and groups, dynamic ones of brokers. */
final class ConfigDescription {
  private static final byte TOPIC = 2;
  private static final byte BROKER = 4;
  private static final byte GROUP = 32;
  private static final byte SOURCE_TOPIC = 1;
  private static final byte SOURCE_DYNAMIC_BROKER = 2;
  private static final byte SOURCE_STATIC_BROKER = 4;
  private static final byte SOURCE_DEFAULT = 5;
  private static final byte SOURCE_GROUP = 8;

  private final MetadataImage image;
  private final BrokerSettings settings;

  ConfigDescription(MetadataImage image, BrokerSettings settings) {
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
      describe(resource, result);
      response.results().add(result);
    }
    return response;
  }

  private void describe(DescribeConfigsResource resource, DescribeConfigsResult result) {
    Map<String, DescribeConfigsResourceResult> all = new TreeMap<>();
    if (resource.resourceType() == TOPIC) {
      TopicState topic = image.topics().get(resource.resourceName());
      if (topic == null) {
        result.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        return;
      }
      TopicConfigs configs = TopicConfigs.of(image, topic.name(), -1, settings);
      TopicConfigs.defaults()
          .forEach((name, value) -> all.put(name, entry(topic, name, configs.text(name), value)));
    } else if (resource.resourceType() == BROKER) {
      int broker =
          resource.resourceName().isEmpty() ? -1 : Integer.parseInt(resource.resourceName());
      image
          .brokerConfigs(broker)
          .forEach((name, value) -> all.put(name, entry(name, value, SOURCE_DYNAMIC_BROKER)));
    } else if (resource.resourceType() == GROUP && !resource.resourceName().isEmpty()) {
      GroupConfigs configs = GroupConfigs.of(image, resource.resourceName(), settings);
      configs
          .all()
          .forEach(
              (name, value) ->
                  all.put(
                      name, entry(name, value, configs.own(name) ? SOURCE_GROUP : SOURCE_DEFAULT)));
    } else {
      result.setErrorCode(Errors.INVALID_REQUEST.code());
      return;
    }
    all.forEach(
        (name, entry) -> {
          if (resource.configurationKeys() == null || resource.configurationKeys().contains(name)) {
            result.configs().add(entry);
          }
        });
  }

  private static DescribeConfigsResourceResult entry(
      TopicState topic, String name, String value, String otherwise) {
    if (topic.configs().containsKey(name)) {
      return entry(name, value, SOURCE_TOPIC);
    }
    return entry(name, value, value.equals(otherwise) ? SOURCE_DEFAULT : SOURCE_STATIC_BROKER);
  }

  private static DescribeConfigsResourceResult entry(String name, String value, byte source) {
    return new DescribeConfigsResourceResult()
        .setName(name)
        .setValue(value)
        .setConfigSource(source);
  }
}
