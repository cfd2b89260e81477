package dev.trial.broker.group.consumer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a member owns (ConsumerGroupCurrentMemberAssignmentValue). Each partition has the epoch in
 * which the member got it, which decides what late commits are legal (KIP-1251).
 *
 * @param epoch the member's epoch, −2 for a static member that is away
 * @param previousEpoch the one before, whose heartbeat may still be on its way
 * @param assigned what it owns
 * @param revoking what it has to give up and still owns
 */
public record CurrentAssignment(
    int epoch,
    int previousEpoch,
    MemberState state,
    SortedMap<IdPartition, Integer> assigned,
    SortedMap<IdPartition, Integer> revoking) {

  /** Of a member that has just come. */
  public static final CurrentAssignment NONE =
      new CurrentAssignment(
          0, -1, MemberState.STABLE, Collections.emptySortedMap(), Collections.emptySortedMap());

  public CurrentAssignment {
    assigned = Collections.unmodifiableSortedMap(new TreeMap<>(assigned));
    revoking = Collections.unmodifiableSortedMap(new TreeMap<>(revoking));
  }

  /** True if the member owns the partition, were it only until it has given it up. */
  public boolean owns(IdPartition partition) {
    return assigned.containsKey(partition) || revoking.containsKey(partition);
  }

  /** The epoch in which the member got a partition that it owns; null if it does not. */
  public Integer sinceEpoch(IdPartition partition) {
    Integer since = assigned.get(partition);
    return since != null ? since : revoking.get(partition);
  }

  /** True if nothing is left to be done towards that target. */
  public boolean reconciledTo(int targetEpoch) {
    return state == MemberState.STABLE && epoch == targetEpoch;
  }
}
