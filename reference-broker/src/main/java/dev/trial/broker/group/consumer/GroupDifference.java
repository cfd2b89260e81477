package dev.trial.broker.group.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The records that lead from one value of a group to the next, in Kafka's order. */
public final class GroupDifference {
  private final ConsumerGroup before;
  private final ConsumerGroup after;
  private final List<ConsumerGroupRecord> records = new ArrayList<>();

  private GroupDifference(ConsumerGroup before, ConsumerGroup after) {
    this.before = before;
    this.after = after;
  }

  /** Replayed on {@code before}, they give {@code after}. */
  public static List<ConsumerGroupRecord> between(ConsumerGroup before, ConsumerGroup after) {
    GroupDifference difference = new GroupDifference(before, after);
    difference.removed();
    difference.subscriptions();
    if (!before.groupEpoch().equals(after.groupEpoch())) {
      difference.records.add(new ConsumerGroupRecord.Epoch(after.groupEpoch()));
    }
    difference.targets();
    if (!before.targetEpoch().equals(after.targetEpoch())) {
      difference.records.add(new ConsumerGroupRecord.TargetEpoch(after.targetEpoch()));
    }
    difference.currents();
    return difference.records;
  }

  /** All that the log has to hold of a group (createConsumerGroupRecords). */
  public static List<ConsumerGroupRecord> creation(ConsumerGroup group) {
    GroupDifference difference = new GroupDifference(ConsumerGroup.named(group.id()), group);
    difference.subscriptions();
    difference.records.add(new ConsumerGroupRecord.Epoch(group.groupEpoch()));
    difference.targets();
    difference.records.add(new ConsumerGroupRecord.TargetEpoch(group.targetEpoch()));
    difference.currents();
    return difference.records;
  }

  /** All that the log may hold of a group becomes a tombstone (createGroupTombstoneRecords). */
  public static List<ConsumerGroupRecord> tombstones(ConsumerGroup group) {
    GroupDifference difference = new GroupDifference(group, ConsumerGroup.named(group.id()));
    difference.removed();
    difference.records.add(new ConsumerGroupRecord.TargetEpoch(null));
    difference.records.add(new ConsumerGroupRecord.Epoch(null));
    return difference.records;
  }

  /** What a member has goes before the member itself: Kafka's replay insists on it. */
  private void removed() {
    SortedSet<String> gone = new TreeSet<>(before.members().keySet());
    gone.addAll(before.target().keySet());
    gone.removeAll(after.members().keySet());
    for (String member : gone) {
      records.add(new ConsumerGroupRecord.Current(member, null));
      records.add(new ConsumerGroupRecord.Target(member, null));
      records.add(new ConsumerGroupRecord.Member(member, null));
    }
  }

  private void subscriptions() {
    for (ConsumerMember member : after.members().values()) {
      ConsumerMember known = before.member(member.id());
      if (known == null || !known.subscription().equals(member.subscription())) {
        records.add(new ConsumerGroupRecord.Member(member.id(), member.subscription()));
      }
    }
  }

  private void targets() {
    after
        .target()
        .forEach(
            (member, partitions) -> {
              if (!partitions.equals(before.target().get(member))) {
                records.add(new ConsumerGroupRecord.Target(member, partitions));
              }
            });
  }

  private void currents() {
    for (ConsumerMember member : after.members().values()) {
      ConsumerMember known = before.member(member.id());
      CurrentAssignment old = known == null ? CurrentAssignment.NONE : known.current();
      if (!old.equals(member.current())) {
        records.add(new ConsumerGroupRecord.Current(member.id(), member.current()));
      }
    }
  }
}
