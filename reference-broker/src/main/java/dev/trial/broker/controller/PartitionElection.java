package dev.trial.broker.controller;

import dev.trial.broker.metadata.PartitionState;
import dev.trial.core.history.Action.Leadership.Election;
import java.util.ArrayList;
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
  private final IntPredicate alive;
  private List<Integer> targetInSync;
  private List<Integer> replicas;
  private List<Integer> adding;
  private List<Integer> removing;

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
    this.replicas = before.replicas();
    this.adding = before.adding();
    this.removing = before.removing();
  }

  /**
   * The partition's next state, empty if nothing changes.
   *
   * @param targetInSync the in-sync set as it should become; an empty one is not written
   * @param alive who may lead
   */
  static Optional<PartitionState> change(
      PartitionState before, List<Integer> targetInSync, Reach reach, IntPredicate alive) {
    return new PartitionElection(before, targetInSync, alive).completed().decide(reach);
  }

  /**
   * The partition's state with other replicas as the target (KIP-455): the new ones are added at
   * once, the old ones go when all of the new are in sync.
   */
  static Optional<PartitionState> reassign(
      PartitionState before, List<Integer> target, Reach reach, IntPredicate alive) {
    PartitionElection change = new PartitionElection(before, before.inSyncReplicas(), alive);
    change.removing = without(before.replicas(), target);
    change.adding = without(target, before.replicas());
    change.replicas = new ArrayList<>(target);
    change.replicas.addAll(change.removing);
    return change.completed().decide(reach);
  }

  /** The partition's state with the replicas that it had before its reassignment began. */
  static Optional<PartitionState> revert(PartitionState before, Reach reach, IntPredicate alive) {
    List<Integer> inSync = without(before.inSyncReplicas(), before.adding());
    PartitionElection change =
        new PartitionElection(before, inSync.isEmpty() ? before.inSyncReplicas() : inSync, alive);
    change.replicas = without(before.replicas(), before.adding());
    change.adding = List.of();
    change.removing = List.of();
    return change.decide(reach);
  }

  private static List<Integer> without(List<Integer> replicas, List<Integer> others) {
    return replicas.stream().filter(replica -> !others.contains(replica)).toList();
  }

  /** The reassignment completes if that leaves nobody waiting (PartitionReassignmentReplicas). */
  private PartitionElection completed() {
    List<Integer> inSync = without(targetInSync, removing);
    List<Integer> remaining = without(replicas, removing);
    boolean reassigning = !adding.isEmpty() || !removing.isEmpty();
    boolean smaller = adding.size() < removing.size();
    boolean complete =
        reassigning
            && !inSync.isEmpty()
            && !remaining.isEmpty()
            && inSync.containsAll(adding)
            && !(smaller && !inSync.containsAll(remaining));
    if (complete) {
      targetInSync = inSync;
      replicas = remaining;
      adding = List.of();
      removing = List.of();
    }
    return this;
  }

  private Optional<PartitionState> decide(Reach reach) {
    int leader = clean(reach);
    boolean unclean = false;
    if (leader == NO_LEADER && reach == Reach.UNCLEAN) {
      leader = first(replicas, false);
      unclean = leader != NO_LEADER;
    }
    if (leader == before.leader()) {
      // Since metadata.version 3.6 a smaller in-sync set alone bumps no leader epoch (KAFKA-15021).
      boolean sameInSync = targetInSync.isEmpty() || targetInSync.equals(before.inSyncReplicas());
      if (sameInSync && sameReplicas()) {
        return Optional.empty();
      }
      List<Integer> inSync = sameInSync ? before.inSyncReplicas() : targetInSync;
      int bump = replicas.containsAll(before.replicas()) ? 0 : 1;
      return Optional.of(next(inSync, leader, bump, before.election()));
    }
    return Optional.of(next(inSyncUnder(leader, unclean), leader, 1, how(leader, unclean, reach)));
  }

  private boolean sameReplicas() {
    return replicas.equals(before.replicas())
        && adding.equals(before.adding())
        && removing.equals(before.removing());
  }

  private int clean(Reach reach) {
    int preferred = replicas.get(0);
    if (reach == Reach.PREFERRED && valid(preferred)) {
      return preferred;
    }
    return valid(before.leader()) ? before.leader() : first(replicas, true);
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
        replicas,
        inSync,
        leader,
        before.leaderEpoch() + bump,
        before.partitionEpoch() + 1,
        election,
        adding,
        removing);
  }
}
