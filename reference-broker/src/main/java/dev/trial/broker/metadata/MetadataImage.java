package dev.trial.broker.metadata;

import dev.trial.core.history.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** The committed metadata up to an offset. Immutable; iteration order is by name or id. */
public interface MetadataImage {

  /** Offset of the last record it contains, −1 when empty. */
  long offset();

  SortedMap<Integer, BrokerState> brokers();

  SortedMap<String, TopicState> topics();

  Optional<TopicState> topic(Uuid id);

  Optional<PartitionState> partition(PartitionId partition);

  /** Settings of a broker, cluster-wide ones (id "") included. */
  default Map<String, String> brokerConfigs(int broker) {
    Map<String, String> merged = new TreeMap<>(ownBrokerConfigs(""));
    merged.putAll(ownBrokerConfigs(Integer.toString(broker)));
    return merged;
  }

  /** Settings of a broker alone; those of the id "" are cluster-wide. */
  default Map<String, String> ownBrokerConfigs(String broker) {
    return Map.of();
  }

  /** Settings of a group; empty for one without any. */
  default Map<String, String> groupConfigs(String group) {
    return Map.of();
  }

  /** The finalized level of a feature, if it was decided since the cluster began. */
  default OptionalInt featureLevel(String feature) {
    return OptionalInt.empty();
  }

  /** The client quotas in force. */
  default ClientQuotas clientQuotas() {
    return ClientQuotas.NONE;
  }

  /** Groups that have settings of their own. */
  default List<String> configuredGroups() {
    return List.of();
  }
}
