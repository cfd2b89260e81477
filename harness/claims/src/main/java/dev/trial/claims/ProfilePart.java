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
    if (!knows(name)) {
      throw new UsageException(place + ": " + unknown(name));
    }
    String taken = taken(name, value);
    if (taken != null) {
      throw new UsageException(place + "." + name + ": a profile cannot choose this: " + taken);
    }
    String unfit = unfit(name, value);
    if (unfit != null) {
      throw new UsageException(place + "." + name + ": " + unfit);
    }
  }

  /** True if a setting of that name changes anything. */
  boolean knows(String name) {
    return names().contains(name);
  }

  /** A sentence about a name that is none, with the nearest that is. */
  String unknown(String name) {
    return Nearest.explain(id() + " setting", name, new TreeSet<>(names()));
  }

  /** Why the harness or the workload chooses this; null if a profile can. */
  String taken(String name, String value) {
    return client() ? HarnessSettings.refusal(name, value) : null;
  }

  /** Why the setting does not take this value; null if it does. */
  String unfit(String name, String value) {
    String wanted = refusal(name, value);
    return wanted == null ? null : "'" + value + "' is not " + wanted;
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
