package dev.trial.live.kafka;

import dev.trial.core.profile.Profile;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that a release accepts and does not act upon: an experiment with them proves nothing.
 */
public final class IgnoredSettings {
  private static final String UNCLEAN = "unclean.leader.election.enable";

  private IgnoredSettings() {}

  /** Why the version cannot be tried with the profile; empty if it can. */
  public static Optional<String> of(KafkaVersion version, Profile profile) {
    boolean unclean = on(profile.topic(), UNCLEAN) || on(profile.broker(), UNCLEAN);
    return unclean && !version.atLeast(3, 9)
        ? Optional.of(
            "Kafka "
                + version.text()
                + " without ZooKeeper takes "
                + UNCLEAN
                + " and ignores it (KAFKA-12670); 3.9 and later act upon it")
        : Optional.empty();
  }

  private static boolean on(Map<String, String> settings, String name) {
    return Boolean.parseBoolean(settings.getOrDefault(name, "false").trim());
  }
}
