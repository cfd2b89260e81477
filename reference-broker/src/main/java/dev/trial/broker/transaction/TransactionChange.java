package dev.trial.broker.transaction;

import dev.trial.core.history.PartitionId;
import java.util.SortedSet;
import java.util.TreeSet;

/** The next value of a transaction while it is being put together; begins as a copy. */
final class TransactionChange {
  private final long replacedProducerId;
  private final TransactionState state;
  private long producerId;
  private long nextProducerId;
  private short epoch;
  private short lastEpoch;
  private int timeoutMs;
  private SortedSet<PartitionId> partitions;
  private long startMs;
  private long updateMs;
  private int clientVersion;

  TransactionChange(TransactionValue from, TransactionState state) {
    this.replacedProducerId = from.producerId();
    this.state = state;
    this.producerId = from.producerId();
    this.nextProducerId = from.nextProducerId();
    this.epoch = from.epoch();
    this.lastEpoch = from.lastEpoch();
    this.timeoutMs = from.timeoutMs();
    this.partitions = from.partitions();
    this.startMs = from.startMs();
    this.updateMs = from.updateMs();
    this.clientVersion = from.clientVersion();
  }

  TransactionChange producer(long newProducerId, int newEpoch) {
    this.producerId = newProducerId;
    this.epoch = (short) newEpoch;
    return this;
  }

  TransactionChange nextProducerId(long newNextProducerId) {
    this.nextProducerId = newNextProducerId;
    return this;
  }

  TransactionChange epochs(int newEpoch, int newLastEpoch) {
    this.epoch = (short) newEpoch;
    this.lastEpoch = (short) newLastEpoch;
    return this;
  }

  TransactionChange timeoutMs(int newTimeoutMs) {
    this.timeoutMs = newTimeoutMs;
    return this;
  }

  TransactionChange partitions(SortedSet<PartitionId> newPartitions) {
    this.partitions = newPartitions;
    return this;
  }

  TransactionChange noPartitions() {
    return partitions(new TreeSet<>());
  }

  TransactionChange startMs(long newStartMs) {
    this.startMs = newStartMs;
    return this;
  }

  TransactionChange updateMs(long newUpdateMs) {
    this.updateMs = newUpdateMs;
    return this;
  }

  TransactionChange clientVersion(int newClientVersion) {
    this.clientVersion = newClientVersion;
    return this;
  }

  TransactionValue value() {
    return new TransactionValue(
        producerId,
        replacedProducerId,
        nextProducerId,
        epoch,
        lastEpoch,
        timeoutMs,
        state,
        partitions,
        startMs,
        updateMs,
        clientVersion);
  }
}
