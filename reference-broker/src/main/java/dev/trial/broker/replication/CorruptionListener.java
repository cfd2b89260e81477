package dev.trial.broker.replication;

import dev.trial.core.history.PartitionId;

/** Told when bytes arrive whose checksum is wrong: the sender's buffer changed, or the wire did. */
@FunctionalInterface
public interface CorruptionListener {
  void corrupt(PartitionId partition, String detail);
}
