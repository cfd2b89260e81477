package dev.trial.app.claim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trial.app.input.UsageException;
import dev.trial.broker.metadata.TopicConfigs;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.core.json.Nearest;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.json.StrictObject;
import dev.trial.core.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A profile from a file: {@code {"broker":{…},"topic":{…},"producer":{…},"consumer":{…}}}, each
 * part optional, on top of {@link Profiles#BASE}. A name that would change nothing is refused, so
 * that nobody takes a verdict for one about a setting that was never in force.
 */
final class ProfileFile {
  private ProfileFile() {}

  static Profile read(Path file) {
    String place = file.toString();
    JsonNode tree = ReadableJson.parse(text(file), place);
    StrictObject object =
        StrictObject.of(tree, place).allow("broker", "topic", "producer", "consumer");
    Profile profile = Profiles.BASE;
    for (Map.Entry<String, String> each : part(tree, object, "broker").entrySet()) {
      profile = profile.broker(known(place, "broker", each.getKey()), each.getValue());
    }
    for (Map.Entry<String, String> each : part(tree, object, "topic").entrySet()) {
      profile = profile.topic(known(place, "topic", each.getKey()), each.getValue());
    }
    for (Map.Entry<String, String> each : part(tree, object, "producer").entrySet()) {
      profile = profile.producer(known(place, "producer", each.getKey()), each.getValue());
    }
    for (Map.Entry<String, String> each : part(tree, object, "consumer").entrySet()) {
      profile = profile.consumer(known(place, "consumer", each.getKey()), each.getValue());
    }
    return profile;
  }

  private static Map<String, String> part(JsonNode tree, StrictObject object, String name) {
    return tree.has(name) ? object.object(name).settings() : Map.of();
  }

  private static String known(String place, String part, String name) {
    Collection<String> names = new TreeSet<>(names(part));
    if (!names.contains(name)) {
      throw new UsageException(
          place + "." + part + ": " + Nearest.explain(part + " setting", name, names));
    }
    return name;
  }

  private static Collection<String> names(String part) {
    return switch (part) {
      case "broker" -> BrokerSettings.obeyed();
      case "topic" -> TopicConfigs.obeyed();
      case "producer" -> ProducerConfig.configNames();
      default -> ConsumerConfig.configNames();
    };
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UsageException("--profile " + file + ": cannot be read");
    }
  }
}
