package dev.trial.core.history;

/** The timestamp of the record at an offset, in milliseconds since the Unix epoch. */
public record Stamp(long offset, long timestampMs) {}
