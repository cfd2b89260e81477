package dev.trial.broker.log;

import java.util.OptionalLong;

/** One producer in one partition: its epoch, a ring of its last batches, its open transaction. */
final class ProducerEntry {

  /** Batches kept per producer: as many as may be in flight. */
  static final int BATCHES_KEPT = 5;

  private static final long NO_TRANSACTION = -1;

  private final int[] lastSequences = new int[BATCHES_KEPT];
  private final int[] deltas = new int[BATCHES_KEPT];
  private final long[] baseOffsets = new long[BATCHES_KEPT];
  private final long[] timestamps = new long[BATCHES_KEPT];
  private short epoch = -1;
  private int count;
  private int newest = -1;
  private long lastTimestamp;
  private int coordinatorEpoch = -1;
  private long transactionStart = NO_TRANSACTION;
  private final boolean keepsBatches;

  /**
   * @param keepsBatches defect: batches of an old epoch count in a new one
   */
  ProducerEntry(boolean keepsBatches) {
    this.keepsBatches = keepsBatches;
  }

  void add(RecordBatchView batch) {
    enter(batch.producerEpoch());
    newest = (newest + 1) % BATCHES_KEPT;
    count = Math.min(count + 1, BATCHES_KEPT);
    lastSequences[newest] = batch.lastSequence();
    deltas[newest] = batch.lastOffsetDelta();
    baseOffsets[newest] = batch.baseOffset();
    timestamps[newest] = batch.maxTimestamp();
    lastTimestamp = batch.maxTimestamp();
  }

  /** Forgets all batches but the newest. */
  void keepNewest() {
    count = Math.min(count, 1);
  }

  private void enter(short newEpoch) {
    if (epoch != newEpoch) {
      epoch = newEpoch;
      count = keepsBatches ? count : 0;
    }
  }

  void begin(long offset) {
    transactionStart = offset;
  }

  /** A marker; it may bring a new epoch, whose sequences begin at 0. */
  void end(RecordBatchView marker, int itsCoordinatorEpoch) {
    enter(marker.producerEpoch());
    coordinatorEpoch = itsCoordinatorEpoch;
    transactionStart = NO_TRANSACTION;
    lastTimestamp = marker.maxTimestamp();
  }

  short epoch() {
    return epoch;
  }

  boolean empty() {
    return count == 0;
  }

  int lastSequence() {
    return count == 0 ? -1 : lastSequences[newest];
  }

  /** Offset of the epoch's last record, −1 if there is none. */
  long lastDataOffset() {
    return count == 0 ? -1 : baseOffsets[newest] + deltas[newest];
  }

  long lastTimestamp() {
    return lastTimestamp;
  }

  int coordinatorEpoch() {
    return coordinatorEpoch;
  }

  boolean inTransaction() {
    return transactionStart != NO_TRANSACTION;
  }

  long transactionStart() {
    return transactionStart;
  }

  ProducerState state(long producerId) {
    return new ProducerState(
        producerId, epoch, lastSequence(), lastTimestamp, coordinatorEpoch, transactionStart);
  }

  /**
   * @param most how many of the newest batches are looked at
   */
  OptionalLong find(int firstSequence, int lastSequence, int most) {
    int slot = slot(firstSequence, lastSequence, most);
    return slot < 0 ? OptionalLong.empty() : OptionalLong.of(baseOffsets[slot]);
  }

  /** The largest timestamp of the batch with those sequences, −1 if it is not remembered. */
  long stampOf(int firstSequence, int lastSequence) {
    int slot = slot(firstSequence, lastSequence, BATCHES_KEPT);
    return slot < 0 ? -1 : timestamps[slot];
  }

  private int slot(int firstSequence, int lastSequence, int most) {
    // Oldest first, as the protocol's own search does.
    for (int i = Math.min(count, most) - 1; i >= 0; i--) {
      int slot = Math.floorMod(newest - i, BATCHES_KEPT);
      if (lastSequences[slot] == lastSequence
          && Sequences.subtract(lastSequence, deltas[slot]) == firstSequence) {
        return slot;
      }
    }
    return -1;
  }
}
