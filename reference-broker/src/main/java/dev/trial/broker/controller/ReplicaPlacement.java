package dev.trial.broker.controller;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;

/** Where replicas go: chosen here, or by an administrator, whose choice is looked at. */
final class ReplicaPlacement {
  private final ControlState state;
  private final RandomStream random;

  ReplicaPlacement(ControlState state, RandomStream random) {
    this.state = state;
    this.random = random;
  }

  /**
   * Round robin with rotating leaders from a random start; unfenced brokers come first
   * (StripedReplicaPlacer of 4.3.1).
   *
   * @param from number of the first partition
   * @param to behind the last
   * @throws InvalidReplicationFactorException if there are too few brokers
   */
  List<List<Integer>> place(int from, int to, int factor) {
    List<Integer> active = new ArrayList<>();
    List<Integer> fenced = new ArrayList<>();
    for (BrokerState broker : state.image().brokers().values()) {
      if (!broker.inControlledShutdown()) {
        (broker.fenced() ? fenced : active).add(broker.id());
      }
    }
    checkFactor(factor, active.size(), active.size() + fenced.size());
    List<List<Integer>> replicas = new ArrayList<>();
    int start = random.nextInt(active.size());
    for (int p = from; p < to; p++) {
      List<Integer> one = new ArrayList<>();
      for (int r = 0; r < Math.min(factor, active.size()); r++) {
        one.add(active.get((start + p + r) % active.size()));
      }
      one.addAll(fenced.subList(0, factor - one.size()));
      replicas.add(one);
    }
    return replicas;
  }

  private static void checkFactor(int factor, int active, int all) {
    if (active == 0) {
      throw new InvalidReplicationFactorException(
          "All brokers are currently fenced, or have all their log directories cordoned.");
    }
    if (factor > all) {
      throw new InvalidReplicationFactorException(
          "The target replication factor of "
              + factor
              + " cannot be reached because only "
              + all
              + " broker(s) are registered or some brokers have all their log directories"
              + " cordoned.");
    }
  }

  /**
   * Looks at the replicas that an administrator wants for a partition
   * (ReplicationControlManager.validateManualPartitionAssignment).
   *
   * @param factor how many there must be, if that is given
   * @throws InvalidReplicaAssignmentException if they cannot be
   */
  void check(List<Integer> replicas, OptionalInt factor) {
    if (replicas.isEmpty()) {
      throw new InvalidReplicaAssignmentException(
          "The manual partition assignment includes an empty replica list.");
    }
    Integer before = null;
    for (Integer id : replicas.stream().sorted().toList()) {
      if (!state.image().brokers().containsKey(id)) {
        throw new InvalidReplicaAssignmentException(
            "The manual partition assignment includes broker "
                + id
                + ", but no such broker is registered.");
      }
      if (id.equals(before)) {
        throw new InvalidReplicaAssignmentException(
            "The manual partition assignment includes the broker " + id + " more than once.");
      }
      before = id;
    }
    if (factor.isPresent() && replicas.size() != factor.getAsInt()) {
      throw new InvalidReplicaAssignmentException(
          "The manual partition assignment includes a partition with "
              + replicas.size()
              + " replica(s), but this is not consistent with previous partitions, which have "
              + factor.getAsInt()
              + " replica(s).");
    }
  }

  /** As {@link #check}, for a new partition, which needs a leader. */
  void checkNew(int partition, List<Integer> replicas, OptionalInt factor) {
    check(replicas, factor);
    if (replicas.stream().noneMatch(state::active)) {
      throw new InvalidReplicaAssignmentException(
          "All brokers specified in the manual partition assignment for partition "
              + partition
              + " are fenced or in controlled shutdown.");
    }
  }

  /** The in-sync set of a new partition are its active replicas, the first of them leads. */
  PartitionState first(int partition, List<Integer> replicas) {
    List<Integer> inSync = replicas.stream().filter(state::active).toList();
    return new PartitionState(partition, replicas, inSync, inSync.get(0), 0, 0, Election.FIRST);
  }
}
