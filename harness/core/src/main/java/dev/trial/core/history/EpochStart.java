package dev.trial.core.history;

/** First offset that a replica holds of a leader epoch (KIP-101). */
public record EpochStart(int leaderEpoch, long startOffset) {}
