package dev.trial.broker.group;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which groups with members may change their type while they are at work
 * (group.consumer.migration.policy, KIP-848; Kafka's ConsumerGroupMigrationPolicy).
 */
enum MigrationPolicy {
  BIDIRECTIONAL(true, true),
  UPGRADE(true, false),
  DOWNGRADE(false, true),
  /** Nor may a classic member join a consumer group with members. */
  DISABLED(false, false);

  private final boolean upgrades;
  private final boolean downgrades;

  MigrationPolicy(boolean upgrades, boolean downgrades) {
    this.upgrades = upgrades;
    this.downgrades = downgrades;
  }

  /** From a classic group to a consumer group. */
  boolean upgrades() {
    return upgrades;
  }

  /** From a consumer group to a classic group. */
  boolean downgrades() {
    return downgrades;
  }

  /** The policy of that name, in whatever case. */
  static MigrationPolicy named(String name) {
    return Arrays.stream(values())
        .filter(policy -> policy.text().equals(name.trim().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "group.consumer.migration.policy is "
                        + name
                        + "; known are "
                        + Arrays.stream(values())
                            .map(MigrationPolicy::text)
                            .collect(Collectors.joining(", "))));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
