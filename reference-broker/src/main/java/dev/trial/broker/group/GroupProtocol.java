package dev.trial.broker.group;

/** One assignment protocol a member supports, with the metadata it sends for it. */
record GroupProtocol(String name, byte[] metadata) {}
