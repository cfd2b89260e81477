package dev.trial.claims;

import dev.trial.broker.metadata.TopicConfigs;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.settings.SettingValues;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.json.StrictObject;
import dev.trial.core.profile.Profile;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Whose settings: what they are called, and what they take. */
public enum ProfilePart {
  BROKER,
  TOPIC,
  PRODUCER,
  CONSUMER;

  /** How files call it. */
  public String id() {
    return StrictObject.idOf(this);
  }

  /** The settings of a profile. */
  public Map<String, String> of(Profile profile) {
    return switch (this) {
      case BROKER -> profile.broker();
      case TOPIC -> profile.topic();
      case PRODUCER -> profile.producer();
      case CONSUMER -> profile.consumer();
    };
  }

  /** The profile with one of these settings changed. */
  public Profile with(Profile profile, String name, String value) {
    return switch (this) {
      case BROKER -> profile.broker(name, value);
      case TOPIC -> profile.topic(name, value);
      case PRODUCER -> profile.producer(name, value);
      case CONSUMER -> profile.consumer(name, value);
    };
  }

  /** Refuses a name that would change nothing, and a value that the setting does not take. */
  public void check(String place, String name, String value) {
    Collection<String> names = new TreeSet<>(names());
    if (!names.contains(name)) {
      throw new UsageException(place + ": " + Nearest.explain(id() + " setting", name, names));
    }
    String taken = client() ? HarnessSettings.refusal(name, value) : null;
    if (taken != null) {
      throw new UsageException(place + "." + name + ": a profile cannot choose this: " + taken);
    }
    String wanted = refusal(name, value);
    if (wanted != null) {
      throw new UsageException(place + "." + name + ": '" + value + "' is not " + wanted);
    }
  }

  /** Refuses a client's settings that are right one by one and do not go together. */
  public void checkTogether(String place, Profile profile) {
    String refused = ClientConstruction.refusal(this, of(profile));
    if (refused != null) {
      throw new UsageException(place + ": " + refused.lines().findFirst().orElse(""));
    }
  }

  private boolean client() {
    return this == PRODUCER || this == CONSUMER;
  }

  private Collection<String> names() {
    return switch (this) {
      case BROKER -> BrokerSettings.obeyed();
      case TOPIC -> TopicConfigs.obeyed();
      case PRODUCER -> ProducerConfig.configNames();
      case CONSUMER -> ConsumerConfig.configNames();
    };
  }

  /** What the setting takes, in words, where it does not take this value; else null. */
  private String refusal(String name, String value) {
    return switch (this) {
      case BROKER -> SettingValues.refusal(name, value);
      case TOPIC -> TopicConfigs.refusal(name, value);
      case PRODUCER -> ClientSettingValues.refusal(ProducerConfig.configDef(), name, value);
      case CONSUMER -> ClientSettingValues.refusal(ConsumerConfig.configDef(), name, value);
    };
  }
}
