package dev.trial.broker.group.consumer;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.Uuid;

/**
 * Moves one member towards its target (Kafka's CurrentAssignmentBuilder): first it gives up what it
 * is not to own, then it enters the new epoch and gets what is free; what others still own it gets
 * when they have given it up.
 *
 * @param targetEpoch the epoch that the target was computed for
 * @param target what the member is to own
 * @param topics ids of the existing topics that the member subscribes to
 * @param subscriptionChanged in this very heartbeat
 * @param claimed what the member says it owns, null if it says nothing
 * @param owned whether any member owns a partition
 */
record Reconciliation(
    ConsumerMember member,
    int targetEpoch,
    SortedSet<IdPartition> target,
    SortedSet<Uuid> topics,
    boolean subscriptionChanged,
    SortedSet<IdPartition> claimed,
    Predicate<IdPartition> owned,
    Defects defects) {

  /** The member's next assignment, or the one it has. */
  CurrentAssignment next() {
    CurrentAssignment now = member.current();
    return switch (now.state()) {
      case STABLE -> {
        if (now.epoch() != targetEpoch) {
          yield towardsTarget();
        }
        yield subscriptionChanged ? withoutUnsubscribed() : now;
      }
      case UNREVOKED_PARTITIONS -> {
        if (!stillHolds(now.revoking())) {
          yield towardsTarget();
        }
        yield subscriptionChanged ? withoutUnsubscribed() : now;
      }
      case UNRELEASED_PARTITIONS -> towardsTarget();
    };
  }

  /** A member that does not say what it owns may own it all. */
  private boolean stillHolds(SortedMap<IdPartition, Integer> revoking) {
    return claimed == null || claimed.stream().anyMatch(revoking::containsKey);
  }

  private CurrentAssignment towardsTarget() {
    CurrentAssignment now = member.current();
    SortedMap<IdPartition, Integer> kept = new TreeMap<>();
    SortedMap<IdPartition, Integer> revoked = new TreeMap<>();
    now.assigned()
        .forEach(
            (partition, since) -> {
              boolean keeps = target.contains(partition) && topics.contains(partition.topicId());
              (keeps ? kept : revoked).put(partition, since);
            });
    if (!revoked.isEmpty() && stillHolds(revoked)) {
      return new CurrentAssignment(
          now.epoch(), now.epoch(), MemberState.UNREVOKED_PARTITIONS, kept, revoked);
    }
    boolean waits = false;
    for (IdPartition partition : wanted(kept)) {
      if (free(partition)) {
        kept.put(partition, targetEpoch);
      } else {
        waits = true;
      }
    }
    return new CurrentAssignment(
        targetEpoch,
        now.epoch(),
        waits ? MemberState.UNRELEASED_PARTITIONS : MemberState.STABLE,
        kept,
        new TreeMap<>());
  }

  private SortedSet<IdPartition> wanted(SortedMap<IdPartition, Integer> kept) {
    SortedSet<IdPartition> wanted = new TreeSet<>(target);
    wanted.removeIf(
        partition -> kept.containsKey(partition) || !topics.contains(partition.topicId()));
    return wanted;
  }

  /** What the member itself has just given up is free for it. */
  private boolean free(IdPartition partition) {
    return defects.has(Defect.ASSIGNED_BEFORE_REVOKED)
        || !owned.test(partition)
        || member.current().revoking().containsKey(partition);
  }

  /** Topics that the member does not subscribe to any more go, whatever the target says. */
  private CurrentAssignment withoutUnsubscribed() {
    CurrentAssignment now = member.current();
    SortedMap<IdPartition, Integer> kept = new TreeMap<>(now.assigned());
    kept.keySet().removeIf(partition -> !topics.contains(partition.topicId()));
    if (kept.size() == now.assigned().size()) {
      return now;
    }
    SortedMap<IdPartition, Integer> revoked = new TreeMap<>(now.assigned());
    revoked.keySet().removeAll(kept.keySet());
    revoked.putAll(now.revoking());
    return stillHolds(revoked)
        ? new CurrentAssignment(
            now.epoch(), now.epoch(), MemberState.UNREVOKED_PARTITIONS, kept, revoked)
        : new CurrentAssignment(now.epoch(), now.epoch(), now.state(), kept, now.revoking());
  }
}
