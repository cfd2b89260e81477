package dev.trial.broker.log;

/**
 * A record for whose sake a batch may not be stored (KIP-467).
 *
 * @param index its place in the batch
 * @param offset as the client numbered it
 * @param timestamp of the record, epoch milliseconds
 * @param keyless true if it lacks the key that compaction needs; else its time is out of bounds
 */
public record RejectedRecord(int index, long offset, long timestamp, boolean keyless) {}
