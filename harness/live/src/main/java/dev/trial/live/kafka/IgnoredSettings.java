package dev.trial.live.kafka;

import dev.trial.core.profile.Profile;
import java.util.Map;
import java.util.Optional;

/** Settings that a release does not act upon: an experiment with them proves nothing. */
public final class IgnoredSettings {
  private static final String UNCLEAN = "unclean.leader.election.enable";

  private static final String PROTOCOL = "group.protocol";
  private static final String MIGRATION = "group.consumer.migration.policy";

  private IgnoredSettings() {}

  /** Why the version cannot be tried with the profile; empty if it can. */
  public static Optional<String> of(KafkaVersion version, Profile profile) {
    if ("consumer".equals(profile.consumer().get(PROTOCOL)) && !version.atLeast(4, 0)) {
      return Optional.of(
          "Kafka "
              + version.text()
              + " does not serve "
              + PROTOCOL
              + "=consumer (KIP-848) unless told to; 4.0 and later do");
    }
    if (profile.broker().containsKey(MIGRATION) && !version.atLeast(4, 0)) {
      return Optional.of(
          "Kafka "
              + version.text()
              + " does not change the type of a group with members ("
              + MIGRATION
              + ", KIP-848) unless told to serve the new protocol; 4.0 and later do");
    }
    String level = profile.broker().getOrDefault(ServerProperties.TRANSACTION_VERSION, "0").trim();
    if (!level.equals("0") && !version.atLeast(4, 0)) {
      return Optional.of(
          "Kafka "
              + version.text()
              + " has no "
              + ServerProperties.TRANSACTION_VERSION
              + " to be set to "
              + level
              + " (KIP-890); 4.0 and later do");
    }
    String eligible = profile.broker().getOrDefault(ServerProperties.ELIGIBLE_VERSION, "0").trim();
    if (!eligible.equals("0") && !version.atLeast(4, 0)) {
      return Optional.of(
          "Kafka "
              + version.text()
              + " keeps no eligible leader replicas (KIP-966); 4.0 and later do");
    }
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
