package dev.trial.core.cluster;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.Links;
import dev.trial.core.fault.WallClocks;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.PartitionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A cluster under test. Elections, node changes and oracles are written to the run's recorder by
 * the implementation as they happen.
 */
public interface Cluster extends AutoCloseable {

  ClusterShape shape();

  /** Starts every node and waits until an active controller has all brokers unfenced. */
  void start();

  /** What a client gives as bootstrap.servers. */
  String bootstrapServers();

  /** Creates topics and waits until every partition has a leader and a full in-sync set. */
  void createTopics(List<TopicSpec> topics);

  /** How many partitions the topic has now. */
  default int partitionCount(TopicSpec topic) {
    return topic.partitions();
  }

  // ---- roles, as of now

  OptionalInt leader(PartitionId partition);

  List<Integer> replicas(PartitionId partition);

  List<Integer> inSyncReplicas(PartitionId partition);

  OptionalInt activeController();

  OptionalInt groupCoordinator(String group);

  OptionalInt transactionCoordinator(String transactionalId);

  /** True when every node runs, every partition has a leader and a full in-sync set. */
  boolean healthy();

  // ---- what can be done to it; node names as in ClusterShape

  void kill(String node);

  void stop(String node);

  void losePower(String node);

  void pause(String node);

  void resume(String node);

  /** Starts a node that is down; harmless if it runs. */
  void start(String node);

  /** True while the node's process lives, paused or not. */
  boolean running(String node);

  /** Elects the first live replica that is out of sync, as an administrator may. */
  void electUncleanly(PartitionId partition);

  /** Does that to a node's disk; a torn write and a lost disk take the node down, too. */
  default void damageDisk(String node, Fault.OfDisk fault) {
    throw new UnsupportedOperationException(fault.kind().id() + " is not possible here");
  }

  /** The node's disk serves every call again. */
  default void healDisk(String node) {}

  /** Does what an administrator asks for; returns when the cluster has agreed to it. */
  default void administer(Fault.Administrative task) {
    throw new UnsupportedOperationException(task.kind().id() + " is not possible here");
  }

  Links links();

  /** The wall clocks of its nodes and clients, where each has one of its own. */
  default WallClocks clocks() {
    throw new UnsupportedOperationException("nodes and clients share one wall clock");
  }

  /** Why this cluster cannot suffer that fault; empty if it can. */
  Optional<String> refusal(FaultKind fault);

  /** Every replica of the topics under test, read from its log. */
  List<ReplicaLog> dump(List<PartitionId> partitions);

  @Override
  void close();
}
