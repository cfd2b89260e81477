package dev.trial.core.fault;

/**
 * One line of a fault schedule: plain data that is generated from a seed, printed, edited by hand,
 * replayed and shrunk.
 *
 * @param atMs start, in milliseconds since the load phase began
 * @param lengthMs how long it lasts (0 for faults that are over at once)
 */
public record ScheduledFault(long atMs, long lengthMs, Fault fault, Role whom) {}
