package dev.trial.checkers.evidence;

/**
 * A committed offset as the coordinator told it.
 *
 * @param asked index before which nothing of the question can have happened
 * @param told index of the answer
 * @param offset −1 where nothing is committed
 */
public record CommittedFact(int process, long asked, long told, long offset) {}
