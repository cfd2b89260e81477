package dev.trial.broker.cluster;

import dev.trial.broker.defect.Defects;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.core.profile.Profile;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reference cluster is made from. Its randomness is the machines' own.
 *
 * @param profile shape and broker settings
 * @param defects bugs switched on
 * @param startTimeoutMs how long the cluster may take to come up
 * @param stopTimeoutMs how long a controlled shutdown may take before the process ends anyway
 */
public record ReferenceClusterOptions(
    Profile profile, Defects defects, long startTimeoutMs, long stopTimeoutMs) {

  /** A cluster with the usual patience. */
  public ReferenceClusterOptions(Profile profile, Defects defects) {
    this(profile, defects, 60_000, 20_000);
  }

  /**
   * The profile's broker settings. Where it says nothing: internal topics are small, as a trial has
   * few groups, and the first rebalance does not wait, as in the quick start that Kafka ships.
   */
  BrokerSettings brokerSettings() {
    Map<String, String> values = new TreeMap<>();
    int replicas = Math.min(3, profile.shape().brokers());
    values.put("offsets.topic.num.partitions", "3");
    values.put("offsets.topic.replication.factor", String.valueOf(replicas));
    values.put("group.initial.rebalance.delay.ms", "0");
    values.putAll(profile.broker());
    return new BrokerSettings(values);
  }
}
