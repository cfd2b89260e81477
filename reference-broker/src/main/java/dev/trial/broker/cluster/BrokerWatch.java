package dev.trial.broker.cluster;

import dev.trial.broker.node.BrokerNode;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;

/** The replicas of one broker process, as an observer last saw them. */
final class BrokerWatch {
  final int broker;
  final BrokerNode node;
  private final List<WatchedReplica> replicas = new ArrayList<>();
  private int hostingChanges = -1;
  private int brokerChanges = -1;
  private boolean current;

  BrokerWatch(int broker, BrokerNode node) {
    this.broker = broker;
    this.node = node;
  }

  /** False once another process runs on that machine, or none. */
  boolean current(ClusterNodes nodes) {
    int changes = nodes.brokerChanges();
    if (changes != brokerChanges) {
      brokerChanges = changes;
      current = nodes.brokers().get(broker) == node;
    }
    return current;
  }

  /** The replicas it has now. */
  List<WatchedReplica> replicas() {
    int changes = node.replicas().hostingChanges();
    if (changes != hostingChanges) {
      hostingChanges = changes;
      replicas.clear();
      for (PartitionId partition : node.replicas().hosted()) {
        replicas.add(new WatchedReplica(partition, node.replicas().log(partition)));
      }
    }
    return replicas;
  }
}
