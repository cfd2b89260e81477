package dev.trial.core.history;

/**
 * A record as a replica's log holds it.
 *
 * @param value {@link Delivered#NO_VALUE} for control records and bytes that carry none
 */
public record Logged(long offset, int leaderEpoch, long value, boolean control) {}
