package dev.trial.broker.group.consumer;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** One fact of a consumer group as the log keeps it. A null value is a tombstone. */
public sealed interface ConsumerGroupRecord {

  /** True if it says that the fact is no more. */
  boolean tombstone();

  /** ConsumerGroupMetadata: the group's epoch and the hash of its topics. */
  record Epoch(GroupEpoch value) implements ConsumerGroupRecord {
    @Override
    public boolean tombstone() {
      return value == null;
    }
  }

  /** ConsumerGroupMemberMetadata: what a member said of itself. */
  record Member(String memberId, Subscription value) implements ConsumerGroupRecord {
    @Override
    public boolean tombstone() {
      return value == null;
    }
  }

  /** ConsumerGroupTargetAssignmentMetadata: for which epoch the target was computed. */
  record TargetEpoch(AssignmentEpoch value) implements ConsumerGroupRecord {
    @Override
    public boolean tombstone() {
      return value == null;
    }
  }

  /** ConsumerGroupTargetAssignmentMember: what a member is to own. */
  record Target(String memberId, SortedSet<IdPartition> value) implements ConsumerGroupRecord {
    public Target {
      value = value == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(value));
    }

    @Override
    public boolean tombstone() {
      return value == null;
    }
  }

  /** ConsumerGroupCurrentMemberAssignment: what a member owns. */
  record Current(String memberId, CurrentAssignment value) implements ConsumerGroupRecord {
    @Override
    public boolean tombstone() {
      return value == null;
    }
  }

  /**
   * A group's epoch.
   *
   * @param metadataHash of the topics that its members subscribe to, 0 for none (KIP-1101)
   */
  record GroupEpoch(int epoch, long metadataHash) {}

  /**
   * A target's epoch.
   *
   * @param computedEpochMs when it was computed, 0 if unknown
   */
  record AssignmentEpoch(int epoch, long computedEpochMs) {}
}
