package dev.trial.broker.controller;

import dev.trial.broker.metadata.PartitionState;
import dev.trial.core.history.Action.Leadership.Election;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * The rules of one partition's change: those of KRaft's PartitionChangeBuilder, with eligible
 * leader replicas (KIP-966) or without them, as the terms say.
 */
final class PartitionElection {
  static final int NO_LEADER = -1;

  private final PartitionState before;
  private final ElectionTerms terms;
  private List<Integer> targetInSync;
  private List<Integer> eligible;
  private List<Integer> replicas;
  private List<Integer> adding;
  private List<Integer> removing;

  /** How far an election may go. */
  enum Reach {
    /** The first replica if it is in sync, else as ONLINE. */
    PREFERRED,
    /** An in-sync replica, or an eligible one if none is in sync; the leader stays if it can. */
    ONLINE,
    /** As ONLINE, but a live replica out of sync rather than none. */
    UNCLEAN
  }

  /** Who is to lead, and by which right. */
  private record Choice(int leader, Election election) {
    boolean unclean() {
      return election == Election.UNCLEAN || election == Election.LAST_KNOWN;
    }
  }

  private PartitionElection(
      PartitionState before, List<Integer> targetInSync, ElectionTerms terms) {
    this.before = before;
    this.targetInSync = targetInSync;
    this.terms = terms;
    this.eligible = before.eligible();
    this.replicas = before.replicas();
    this.adding = before.adding();
    this.removing = before.removing();
  }

  /**
   * The partition's next state, empty if nothing changes.
   *
   * @param targetInSync the in-sync set as it should become; an empty one is written only where
   *     eligible leader replicas are kept
   */
  static Optional<PartitionState> change(
      PartitionState before, List<Integer> targetInSync, ElectionTerms terms) {
    return new PartitionElection(before, targetInSync, terms).completed().decide();
  }

  /**
   * The partition's state with other replicas as the target (KIP-455): the new ones are added at
   * once, the old ones go when all of the new are in sync.
   */
  static Optional<PartitionState> reassign(
      PartitionState before, List<Integer> target, ElectionTerms terms) {
    PartitionElection change = new PartitionElection(before, before.inSyncReplicas(), terms);
    change.removing = without(before.replicas(), target);
    change.adding = without(target, before.replicas());
    change.replicas = new ArrayList<>(target);
    change.replicas.addAll(change.removing);
    return change.completed().decide();
  }

  /** The partition's state with the replicas that it had before its reassignment began. */
  static Optional<PartitionState> revert(PartitionState before, ElectionTerms terms) {
    List<Integer> inSync = without(before.inSyncReplicas(), before.adding());
    PartitionElection change =
        new PartitionElection(before, inSync.isEmpty() ? before.inSyncReplicas() : inSync, terms);
    change.replicas = without(before.replicas(), before.adding());
    change.adding = List.of();
    change.removing = List.of();
    return change.decide();
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

  private Optional<PartitionState> decide() {
    if (terms.eligibleKept()) {
      eligible = eligibleNow();
    }
    Choice choice = choose();
    boolean moved = choice.leader() != before.leader();
    if (moved && eligible.contains(choice.leader())) {
      targetInSync = List.of(choice.leader());
      eligible = without(eligible, targetInSync);
    }
    boolean unclean = moved && choice.unclean();
    // Since metadata.version 3.6 a smaller in-sync set alone bumps no leader epoch (KAFKA-15021).
    boolean bumped = moved || !replicas.containsAll(before.replicas());
    PartitionState next =
        new PartitionState(
            before.partition(),
            replicas,
            unclean ? List.of(choice.leader()) : inSync(),
            choice.leader(),
            before.leaderEpoch() + (bumped ? 1 : 0),
            before.partitionEpoch() + 1,
            moved ? choice.election() : before.election(),
            adding,
            removing,
            unclean || !terms.eligibleKept() ? List.of() : eligible,
            lastKnownLeader(choice.leader(), bumped));
    return same(next) ? Optional.empty() : Optional.of(next);
  }

  /** Without eligible leader replicas the last in-sync ones keep their seats. */
  private List<Integer> inSync() {
    boolean kept = targetInSync.isEmpty() && !terms.eligibleKept();
    return kept ? before.inSyncReplicas() : targetInSync;
  }

  /**
   * While fewer than the minimum are in sync, the high watermark stands still: who leaves the
   * in-sync set then has all that is committed, unless it comes back after a crash.
   */
  private List<Integer> eligibleNow() {
    if (targetInSync.size() >= terms.minInSync()) {
      return List.of();
    }
    TreeSet<Integer> candidates = new TreeSet<>(before.eligible());
    candidates.addAll(before.inSyncReplicas());
    targetInSync.forEach(candidates::remove);
    candidates.remove(terms.shutDownUncleanly());
    return List.copyOf(candidates);
  }

  /** Remembered from when the partition lost its leader until it has one again. */
  private int lastKnownLeader(int leader, boolean told) {
    if (!terms.eligibleKept() || !told) {
      return before.lastKnownLeader();
    }
    if (leader != NO_LEADER) {
      return NO_LEADER;
    }
    return before.lastKnownLeader() == NO_LEADER ? before.leader() : before.lastKnownLeader();
  }

  private boolean same(PartitionState next) {
    return next.leader() == before.leader()
        && next.leaderEpoch() == before.leaderEpoch()
        && next.inSyncReplicas().equals(before.inSyncReplicas())
        && next.eligible().equals(before.eligible())
        && next.lastKnownLeader() == before.lastKnownLeader()
        && next.replicas().equals(before.replicas())
        && next.adding().equals(before.adding())
        && next.removing().equals(before.removing());
  }

  // ---- who leads

  private Choice choose() {
    int preferred = replicas.get(0);
    if (terms.reach() == Reach.PREFERRED && valid(preferred)) {
      return clean(preferred);
    }
    if (valid(before.leader())) {
      return clean(before.leader());
    }
    int first = first(this::valid);
    if (first != NO_LEADER) {
      return clean(first);
    }
    if (lastKnownMayLead()) {
      return new Choice(before.lastKnownLeader(), Election.LAST_KNOWN);
    }
    int any = terms.reach() == Reach.UNCLEAN ? first(terms.alive()) : NO_LEADER;
    return new Choice(any, any == NO_LEADER ? Election.LEADERLESS : Election.UNCLEAN);
  }

  private Choice clean(int leader) {
    if (!targetInSync.contains(leader)) {
      return new Choice(leader, Election.ELIGIBLE);
    }
    boolean preferred = terms.reach() == Reach.PREFERRED;
    return new Choice(leader, preferred ? Election.PREFERRED : Election.CLEAN);
  }

  private int first(IntPredicate fits) {
    for (int replica : replicas) {
      if (fits.test(replica)) {
        return replica;
      }
    }
    return NO_LEADER;
  }

  /** An eligible replica counts only where nobody is in sync. */
  private boolean valid(int replica) {
    boolean entitled =
        targetInSync.contains(replica) || targetInSync.isEmpty() && eligible.contains(replica);
    return entitled && terms.alive().test(replica);
  }

  /** KIP-966's balanced recovery: rather the last leader than nobody, once nobody is eligible. */
  private boolean lastKnownMayLead() {
    return terms.eligibleKept()
        && targetInSync.isEmpty()
        && eligible.isEmpty()
        && before.lastKnownLeader() != NO_LEADER
        && terms.alive().test(before.lastKnownLeader());
  }
}
