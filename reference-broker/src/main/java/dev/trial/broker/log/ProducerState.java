package dev.trial.broker.log;

/**
 * A producer as a partition knows it (KIP-664).
 *
 * @param lastSequence −1 if its epoch has no batch here
 * @param coordinatorEpoch of its last marker, −1 for none
 * @param transactionStart first offset of its open transaction, −1 for none
 */
public record ProducerState(
    long producerId,
    short epoch,
    int lastSequence,
    long lastTimestamp,
    int coordinatorEpoch,
    long transactionStart) {}
