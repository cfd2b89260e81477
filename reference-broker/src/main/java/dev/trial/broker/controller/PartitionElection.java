package dev.trial.broker.controller;

import dev.trial.broker.metadata.PartitionState;
import dev.trial.core.history.Action.Leadership.Election;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The rules of one partition's change, those of KRaft's controller without eligible leader replicas
 * (KIP-966 would widen {@link #clean} and replace the kept in-sync set of a leaderless partition).
 */
final class PartitionElection {
  static final int NO_LEADER = -1;

  private final PartitionState before;
  private final List<Integer> targetInSync;
  private final IntPredicate alive;

  /** How far an election may go. */
  enum Reach {
    /** The first replica if it is in sync, else as ONLINE. */
    PREFERRED,
    /** An in-sync replica; the leader stays if it can. */
    ONLINE,
    /** As ONLINE, but a live replica out of sync rather than none. */
    UNCLEAN
  }

  private PartitionElection(PartitionState before, List<Integer> targetInSync, IntPredicate alive) {
    this.before = before;
    this.targetInSync = targetInSync;
    this.alive = alive;
  }

  /**
   * The partition's next state, empty if nothing changes.
   *
   * @param targetInSync the in-sync set as it should become; an empty one is not written
   * @param alive who may lead
   */
  static Optional<PartitionState> change(
      PartitionState before, List<Integer> targetInSync, Reach reach, IntPredicate alive) {
    return new PartitionElection(before, targetInSync, alive).decide(reach);
  }

  private Optional<PartitionState> decide(Reach reach) {
    int leader = clean(reach);
    boolean unclean = false;
    if (leader == NO_LEADER && reach == Reach.UNCLEAN) {
      leader = first(before.replicas(), false);
      unclean = leader != NO_LEADER;
    }
    if (leader == before.leader()) {
      // Since metadata.version 3.6 a smaller in-sync set alone bumps no leader epoch (KAFKA-15021).
      boolean sameInSync = targetInSync.isEmpty() || targetInSync.equals(before.inSyncReplicas());
      return sameInSync
          ? Optional.empty()
          : Optional.of(next(targetInSync, leader, 0, before.election()));
    }
    return Optional.of(next(inSyncUnder(leader, unclean), leader, 1, how(leader, unclean, reach)));
  }

  private int clean(Reach reach) {
    int preferred = before.replicas().get(0);
    if (reach == Reach.PREFERRED && valid(preferred)) {
      return preferred;
    }
    return valid(before.leader()) ? before.leader() : first(before.replicas(), true);
  }

  private int first(List<Integer> replicas, boolean inSync) {
    for (int replica : replicas) {
      if (inSync ? valid(replica) : alive.test(replica)) {
        return replica;
      }
    }
    return NO_LEADER;
  }

  private boolean valid(int replica) {
    return targetInSync.contains(replica) && alive.test(replica);
  }

  private List<Integer> inSyncUnder(int leader, boolean unclean) {
    if (unclean) {
      return List.of(leader);
    }
    return targetInSync.isEmpty() ? before.inSyncReplicas() : targetInSync;
  }

  private static Election how(int leader, boolean unclean, Reach reach) {
    if (leader == NO_LEADER) {
      return Election.LEADERLESS;
    }
    if (unclean) {
      return Election.UNCLEAN;
    }
    return reach == Reach.PREFERRED ? Election.PREFERRED : Election.CLEAN;
  }

  private PartitionState next(List<Integer> inSync, int leader, int bump, Election election) {
    return new PartitionState(
        before.partition(),
        before.replicas(),
        inSync,
        leader,
        before.leaderEpoch() + bump,
        before.partitionEpoch() + 1,
        election);
  }
}
