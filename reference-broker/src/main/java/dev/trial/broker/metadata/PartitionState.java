package dev.trial.broker.metadata;

import dev.trial.core.history.Action.Leadership.Election;
import java.util.List;

/**
 * One partition as the controller decided it.
 *
 * @param leader −1 for none
 * @param leaderEpoch goes up with each election
 * @param partitionEpoch goes up with each change, guards AlterPartition (KIP-497)
 * @param election how the current leader came to lead
 */
public record PartitionState(
    int partition,
    List<Integer> replicas,
    List<Integer> inSyncReplicas,
    int leader,
    int leaderEpoch,
    int partitionEpoch,
    Election election) {

  public PartitionState {
    replicas = List.copyOf(replicas);
    inSyncReplicas = List.copyOf(inSyncReplicas);
  }
}
