package dev.trial.app.claim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trial.app.input.UsageException;
import dev.trial.broker.metadata.TopicConfigs;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.settings.SettingValues;
import dev.trial.core.json.Nearest;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.json.StrictObject;
import dev.trial.core.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A profile from a file: {@code {"broker":{…},"topic":{…},"producer":{…},"consumer":{…}}}, each
 * part optional, on top of {@link Profiles#BASE}. A name that would change nothing is refused, so
 * that nobody takes a verdict for one about a setting that was never in force, and so is a value
 * that the setting does not take.
 */
final class ProfileFile {
  private ProfileFile() {}

  /** Whose settings: what they are called, and what they take. */
  private enum Part {
    BROKER,
    TOPIC,
    PRODUCER,
    CONSUMER;

    Collection<String> names() {
      return switch (this) {
        case BROKER -> BrokerSettings.obeyed();
        case TOPIC -> TopicConfigs.obeyed();
        case PRODUCER -> ProducerConfig.configNames();
        case CONSUMER -> ConsumerConfig.configNames();
      };
    }

    /** What the setting takes, in words, where it does not take this value; else null. */
    String refusal(String name, String value) {
      return switch (this) {
        case BROKER -> SettingValues.refusal(name, value);
        case TOPIC -> TopicConfigs.refusal(name, value);
        case PRODUCER -> ClientSettingValues.refusal(ProducerConfig.configDef(), name, value);
        case CONSUMER -> ClientSettingValues.refusal(ConsumerConfig.configDef(), name, value);
      };
    }

    Profile with(Profile profile, String name, String value) {
      return switch (this) {
        case BROKER -> profile.broker(name, value);
        case TOPIC -> profile.topic(name, value);
        case PRODUCER -> profile.producer(name, value);
        case CONSUMER -> profile.consumer(name, value);
      };
    }
  }

  static Profile read(Path file) {
    String place = file.toString();
    JsonNode tree = ReadableJson.parse(text(file), place);
    StrictObject object =
        StrictObject.of(tree, place)
            .allow(Arrays.stream(Part.values()).map(StrictObject::idOf).toArray(String[]::new));
    Profile profile = Profiles.BASE;
    for (Part part : Part.values()) {
      String name = StrictObject.idOf(part);
      Map<String, String> settings = tree.has(name) ? object.object(name).settings() : Map.of();
      for (Map.Entry<String, String> each : settings.entrySet()) {
        check(place + "." + name, part, each.getKey(), each.getValue());
        profile = part.with(profile, each.getKey(), each.getValue());
      }
    }
    return profile;
  }

  private static void check(String place, Part part, String name, String value) {
    Collection<String> names = new TreeSet<>(part.names());
    if (!names.contains(name)) {
      String what = StrictObject.idOf(part) + " setting";
      throw new UsageException(place + ": " + Nearest.explain(what, name, names));
    }
    String wanted = part.refusal(name, value);
    if (wanted != null) {
      throw new UsageException(place + "." + name + ": '" + value + "' is not " + wanted);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UsageException("--profile " + file + ": cannot be read");
    }
  }
}
