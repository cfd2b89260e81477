package dev.trial.broker.node;

import dev.trial.broker.metadata.MetadataImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;
import org.apache.kafka.common.message.ListConfigResourcesResponseData.ConfigResource;
import org.apache.kafka.common.protocol.Errors;

/**
 * Answers ListConfigResources (KIP-1142; in version 0 ListClientMetricsResources of KIP-714) as
 * KafkaApis does: what has settings, or could have. Subscriptions to clients' metrics are none:
 * telemetry is not served here.
 */
final class ConfigResources {
  private static final Set<Byte> METRICS_ONLY = Set.of(Type.CLIENT_METRICS.id());
  private static final Set<Byte> ALL =
      Set.of(
          Type.TOPIC.id(),
          Type.BROKER.id(),
          Type.BROKER_LOGGER.id(),
          Type.CLIENT_METRICS.id(),
          Type.GROUP.id());

  private final MetadataImage image;

  ConfigResources(MetadataImage image) {
    this.image = image;
  }

  ListConfigResourcesResponseData answer(ListConfigResourcesRequestData request, short version) {
    Set<Byte> supported = version == 0 ? METRICS_ONLY : ALL;
    List<Byte> asked = request.resourceTypes();
    ListConfigResourcesResponseData response = new ListConfigResourcesResponseData();
    if (!supported.containsAll(asked)) {
      return response.setErrorCode(Errors.UNSUPPORTED_VERSION.code());
    }
    List<String> brokers = image.brokers().keySet().stream().map(String::valueOf).toList();
    List<ConfigResource> found = new ArrayList<>();
    Collection<Byte> wanted = asked.isEmpty() ? supported : asked;
    add(found, wanted, Type.GROUP, image.configuredGroups());
    add(found, wanted, Type.BROKER_LOGGER, brokers);
    add(found, wanted, Type.BROKER, brokers);
    add(found, wanted, Type.TOPIC, image.topics().keySet());
    return response.setConfigResources(found);
  }

  private static void add(
      List<ConfigResource> found, Collection<Byte> wanted, Type type, Collection<String> names) {
    if (wanted.contains(type.id())) {
      names.forEach(
          name -> found.add(new ConfigResource().setResourceName(name).setResourceType(type.id())));
    }
  }
}
