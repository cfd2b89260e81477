package dev.trial.claims;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a client refuses as it is constructed, in its own words: settings that are right one by one
 * and do not go together. A run with them would be one without clients.
 */
final class ClientConstruction {
  private static final Map<String, String> GIVEN =
      Map.of(
          "bootstrap.servers", "localhost:9092",
          "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
          "value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer",
          "key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer",
          "value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");

  private ClientConstruction() {}

  /** Why there is no client with these settings; null if there is one. */
  static String refusal(ProfilePart part, Map<String, String> settings) {
    Map<String, Object> complete = new TreeMap<>(GIVEN);
    complete.putAll(settings);
    try {
      return switch (part) {
        case BROKER, TOPIC -> null;
        case PRODUCER -> late(new ProducerConfig(complete), settings);
        case CONSUMER -> {
          new ConsumerConfig(complete);
          yield null;
        }
      };
    } catch (ConfigException refused) {
      return refused.getMessage();
    }
  }

  /** KafkaProducer.configureDeliveryTimeout, which lengthens only a timeout that nobody chose. */
  private static String late(ProducerConfig config, Map<String, String> settings) {
    long least =
        config.getLong(ProducerConfig.LINGER_MS_CONFIG)
            + config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
    String chosen = settings.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    boolean shorter = chosen != null && Long.parseLong(chosen) < Math.min(least, Integer.MAX_VALUE);
    return shorter
        ? "delivery.timeout.ms is "
            + chosen
            + ", but a producer wants at least linger.ms + request.timeout.ms, here "
            + least
        : null;
  }
}
