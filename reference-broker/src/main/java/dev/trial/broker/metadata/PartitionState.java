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
 * @param adding replicas that a reassignment brings, and waits for (KIP-455)
 * @param removing replicas that go when it completes
 * @param eligible eligible leader replicas (KIP-966): out of sync, yet with all that is committed,
 *     since fewer than min.insync.replicas were in sync from then on
 * @param lastKnownLeader who led last, while nobody leads; −1 for none, and where eligible leader
 *     replicas are not kept
 */
public record PartitionState(
    int partition,
    List<Integer> replicas,
    List<Integer> inSyncReplicas,
    int leader,
    int leaderEpoch,
    int partitionEpoch,
    Election election,
    List<Integer> adding,
    List<Integer> removing,
    List<Integer> eligible,
    int lastKnownLeader) {
  private static final int NOBODY = -1;

  public PartitionState {
    replicas = List.copyOf(replicas);
    inSyncReplicas = List.copyOf(inSyncReplicas);
    adding = List.copyOf(adding);
    removing = List.copyOf(removing);
    eligible = List.copyOf(eligible);
  }

  /** A partition without eligible leader replicas. */
  public PartitionState(
      int partition,
      List<Integer> replicas,
      List<Integer> inSyncReplicas,
      int leader,
      int leaderEpoch,
      int partitionEpoch,
      Election election,
      List<Integer> adding,
      List<Integer> removing) {
    this(
        partition,
        replicas,
        inSyncReplicas,
        leader,
        leaderEpoch,
        partitionEpoch,
        election,
        adding,
        removing,
        List.of(),
        NOBODY);
  }

  /** A partition that is not being reassigned. */
  public PartitionState(
      int partition,
      List<Integer> replicas,
      List<Integer> inSyncReplicas,
      int leader,
      int leaderEpoch,
      int partitionEpoch,
      Election election) {
    this(
        partition,
        replicas,
        inSyncReplicas,
        leader,
        leaderEpoch,
        partitionEpoch,
        election,
        List.of(),
        List.of());
  }

  /** True if who may lead is not told by the in-sync replicas alone (KIP-966). */
  public boolean keepsEligible() {
    return !eligible.isEmpty() || lastKnownLeader != NOBODY;
  }

  /** True while replicas come or go. */
  public boolean reassigning() {
    return !adding.isEmpty() || !removing.isEmpty();
  }
}
