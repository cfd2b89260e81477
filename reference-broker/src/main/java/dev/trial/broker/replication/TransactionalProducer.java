package dev.trial.broker.replication;

/** A producer within one transaction, as its requests name it. */
public record TransactionalProducer(String transactionalId, long producerId, short epoch) {}
