package dev.trial.broker.metadata;

import dev.trial.broker.settings.BrokerSettings;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The versioned features of the cluster (KIP-584, KIP-1022) that this broker has, with the levels
 * of Kafka 4.3. Kafka writes the levels into the metadata as the cluster is formatted; here the
 * profile names them, and a level that was updated since is in the metadata.
 */
public enum Feature {
  METADATA_VERSION("metadata.version", 7, 30, settings -> 30),
  GROUP_VERSION("group.version", 0, 1, settings -> 1),
  TRANSACTION_VERSION("transaction.version", 0, 2, BrokerSettings::transactionVersion),
  ELIGIBLE_LEADER_REPLICAS_VERSION(
      "eligible.leader.replicas.version", 0, 1, BrokerSettings::eligibleLeaderReplicasVersion);

  private final String key;
  private final int lowest;
  private final int highest;
  private final ToIntFunction<BrokerSettings> formatted;

  Feature(String key, int lowest, int highest, ToIntFunction<BrokerSettings> formatted) {
    this.key = key;
    this.lowest = lowest;
    this.highest = highest;
    this.formatted = formatted;
  }

  /** The feature's name on the wire. */
  public String key() {
    return key;
  }

  /** The lowest level that is supported; 0 means off. */
  public int lowest() {
    return lowest;
  }

  /** The highest level that is supported. */
  public int highest() {
    return highest;
  }

  /** The finalized level: the last one that was decided, or the profile's. */
  public int level(MetadataImage image, BrokerSettings settings) {
    return image.featureLevel(key).orElseGet(() -> formatted.applyAsInt(settings));
  }

  /** The feature of that name, if there is one. */
  public static Optional<Feature> named(String key) {
    return Stream.of(values()).filter(feature -> feature.key.equals(key)).findFirst();
  }
}
