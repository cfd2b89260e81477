package dev.trial.broker.group;

import dev.trial.broker.group.consumer.ConsumerGroupRecord;
import dev.trial.core.history.PartitionId;

/** One record of {@code __consumer_offsets}. A null value is a tombstone. */
sealed interface StateRecord {
  String group();

  /** A committed offset. */
  record Offset(String group, PartitionId partition, CommittedOffset value)
      implements StateRecord {}

  /** A group's generation and members. */
  record Group(String group, GroupMetadata value) implements StateRecord {}

  /** A fact of a group of the consumer protocol (KIP-848). */
  record Consumer(String group, ConsumerGroupRecord fact) implements StateRecord {}
}
