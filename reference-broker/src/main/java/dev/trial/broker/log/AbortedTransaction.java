package dev.trial.broker.log;

/**
 * An aborted transaction as the log's index keeps it.
 *
 * @param firstOffset of its first record
 * @param lastOffset of its marker
 * @param lastStableOffset when the marker was written: transactions that began below it had ended
 */
public record AbortedTransaction(
    long producerId, long firstOffset, long lastOffset, long lastStableOffset) {}
