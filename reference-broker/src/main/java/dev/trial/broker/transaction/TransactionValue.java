package dev.trial.broker.transaction;

import dev.trial.core.history.PartitionId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the coordinator knows of a transactional id: the value of its record.
 *
 * @param previousProducerId the one before an epoch overflow or a rotation, −1 for none
 * @param nextProducerId used from the end of this transaction on, as the epochs of the present one
 *     are used up; −1 for none
 * @param epoch −1 before the first InitProducerId has ended
 * @param lastEpoch the one before, for retried requests; not in the log; −1 for none
 * @param partitions of the transaction that have no marker yet
 * @param startMs when the first partition was added, −1 while empty
 * @param clientVersion transaction version that the last change was made under
 */
record TransactionValue(
    long producerId,
    long previousProducerId,
    long nextProducerId,
    short epoch,
    short lastEpoch,
    int timeoutMs,
    TransactionState state,
    SortedSet<PartitionId> partitions,
    long startMs,
    long updateMs,
    int clientVersion) {

  /** No producer id, no epoch. */
  static final int NONE = -1;

  TransactionValue {
    partitions = Collections.unmodifiableSortedSet(new TreeSet<>(partitions));
  }

  /** A transactional id seen for the first time. */
  static TransactionValue created(long producerId, int timeoutMs, long nowMs) {
    return new TransactionValue(
        producerId,
        NONE,
        NONE,
        (short) NONE,
        (short) NONE,
        timeoutMs,
        TransactionState.EMPTY,
        new TreeSet<>(),
        NONE,
        nowMs,
        0);
  }

  /** The largest short is never given to a client, so that it can always be fenced. */
  static boolean exhausted(short epoch) {
    return epoch >= Short.MAX_VALUE - 1;
  }

  boolean exhausted() {
    return exhausted(epoch);
  }
}
