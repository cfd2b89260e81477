package dev.trial.broker.group.consumer;

import dev.trial.broker.group.consumer.ConsumerGroupRecord.AssignmentEpoch;
import dev.trial.broker.group.consumer.ConsumerGroupRecord.GroupEpoch;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A consumer group (KIP-848; Kafka's ConsumerGroup and ModernGroup). The group's epoch grows with
 * every change of members, subscriptions or topics; the target assignment is computed for an epoch;
 * each member moves on its own to its part of the target.
 *
 * @param target what each member is to own
 */
public record ConsumerGroup(
    String id,
    GroupEpoch groupEpoch,
    AssignmentEpoch targetEpoch,
    SortedMap<String, ConsumerMember> members,
    SortedMap<String, SortedSet<IdPartition>> target) {

  public ConsumerGroup {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    target = Collections.unmodifiableSortedMap(new TreeMap<>(target));
  }

  /** States as ConsumerGroupDescribe tells them. */
  public enum State {
    EMPTY("Empty"),
    ASSIGNING("Assigning"),
    RECONCILING("Reconciling"),
    STABLE("Stable");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** The name on the wire. */
    public String text() {
      return text;
    }
  }

  /** A group without members; epochs begin at 1. */
  public static ConsumerGroup named(String id) {
    return new ConsumerGroup(
        id,
        new GroupEpoch(1, 0),
        new AssignmentEpoch(1, 0),
        Collections.emptySortedMap(),
        Collections.emptySortedMap());
  }

  // ---- reading

  /** The group's epoch. */
  public int epoch() {
    return groupEpoch.epoch();
  }

  /** The epoch that the target was computed for. */
  public int assignmentEpoch() {
    return targetEpoch.epoch();
  }

  /** True without members. */
  public boolean isEmpty() {
    return members.isEmpty();
  }

  /** Null if there is no such member. */
  public ConsumerMember member(String memberId) {
    return members.get(memberId);
  }

  /** The member of that instance; null if there is none. */
  public ConsumerMember staticMember(String instanceId) {
    for (ConsumerMember member : members.values()) {
      if (instanceId.equals(member.instanceId())) {
        return member;
      }
    }
    return null;
  }

  /** What a member is to own. */
  public SortedSet<IdPartition> targetOf(String memberId) {
    return target.getOrDefault(memberId, Collections.emptySortedSet());
  }

  /** True if some member owns the partition, were it only until it has given it up. */
  public boolean owned(IdPartition partition) {
    return members.values().stream().anyMatch(member -> member.current().owns(partition));
  }

  /** True if a member subscribes to the topic, by its name or by a pattern. */
  public boolean subscribesTo(String topic) {
    return members.values().stream().anyMatch(member -> member.subscription().matches(topic));
  }

  /** True if all members but those use the classic protocol. */
  public boolean classicExcept(Set<String> memberIds) {
    return members.values().stream()
        .allMatch(member -> member.classic() || memberIds.contains(member.id()));
  }

  /** True if others have not given up yet all that the member is to own. */
  boolean waitsForOthers(ConsumerMember member) {
    return targetOf(member.id()).stream()
        .anyMatch(
            partition -> !member.current().assigned().containsKey(partition) && owned(partition));
  }

  /** Where the group stands. */
  public State state() {
    if (members.isEmpty()) {
      return State.EMPTY;
    }
    if (epoch() > assignmentEpoch()) {
      return State.ASSIGNING;
    }
    boolean reconciled =
        members.values().stream()
            .allMatch(member -> member.current().reconciledTo(assignmentEpoch()));
    return reconciled ? State.STABLE : State.RECONCILING;
  }

  // ---- the next value

  ConsumerGroup with(GroupEpoch epoch) {
    return new ConsumerGroup(id, epoch, targetEpoch, members, target);
  }

  ConsumerGroup with(AssignmentEpoch epoch) {
    return new ConsumerGroup(id, groupEpoch, epoch, members, target);
  }

  ConsumerGroup with(ConsumerMember member) {
    SortedMap<String, ConsumerMember> changed = new TreeMap<>(members);
    changed.put(member.id(), member);
    return new ConsumerGroup(id, groupEpoch, targetEpoch, changed, target);
  }

  ConsumerGroup withTarget(String memberId, SortedSet<IdPartition> partitions) {
    SortedMap<String, SortedSet<IdPartition>> changed = new TreeMap<>(target);
    if (partitions == null) {
      changed.remove(memberId);
    } else {
      changed.put(memberId, Collections.unmodifiableSortedSet(new TreeSet<>(partitions)));
    }
    return new ConsumerGroup(id, groupEpoch, targetEpoch, members, changed);
  }

  /** Those members with those targets, all in one: a large group is copied once. */
  ConsumerGroup withTargets(SortedMap<String, SortedSet<IdPartition>> targets) {
    SortedMap<String, SortedSet<IdPartition>> changed = new TreeMap<>(target);
    targets.forEach(
        (memberId, partitions) ->
            changed.put(memberId, Collections.unmodifiableSortedSet(new TreeSet<>(partitions))));
    return new ConsumerGroup(id, groupEpoch, targetEpoch, members, changed);
  }

  ConsumerGroup without(String memberId) {
    SortedMap<String, ConsumerMember> changed = new TreeMap<>(members);
    changed.remove(memberId);
    return new ConsumerGroup(id, groupEpoch, targetEpoch, changed, target)
        .withTarget(memberId, null);
  }

  /** The group with what a record of the log says; tombstones of what is not there do nothing. */
  public ConsumerGroup replayed(ConsumerGroupRecord record) {
    if (record instanceof ConsumerGroupRecord.Epoch epoch) {
      return epoch.value() == null ? this : with(epoch.value());
    }
    if (record instanceof ConsumerGroupRecord.TargetEpoch epoch) {
      return with(epoch.value() == null ? new AssignmentEpoch(-1, 0) : epoch.value());
    }
    if (record instanceof ConsumerGroupRecord.Target part) {
      return withTarget(part.memberId(), part.value());
    }
    if (record instanceof ConsumerGroupRecord.Member member) {
      return member.value() == null
          ? without(member.memberId())
          : with(memberOrNew(member.memberId()).with(member.value()));
    }
    ConsumerGroupRecord.Current current = (ConsumerGroupRecord.Current) record;
    boolean gone = current.value() == null && !members.containsKey(current.memberId());
    return gone
        ? this
        : with(
            memberOrNew(current.memberId())
                .with(current.value() == null ? CurrentAssignment.NONE : current.value()));
  }

  private ConsumerMember memberOrNew(String memberId) {
    ConsumerMember known = members.get(memberId);
    return known == null ? ConsumerMember.named(memberId) : known;
  }
}
