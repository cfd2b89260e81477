package dev.trial.checkers.evidence;

import dev.trial.core.history.Action.Nemesis;

/**
 * A fault from its beginning to its end (the end of the history if none was recorded).
 *
 * @param undone false while no end is recorded, or one with an error: what it did may still be
 *     there
 */
public record FaultWindow(long index, long beginNs, long endNs, Nemesis fault, boolean undone) {

  /** Faults that are over at once still disturb the traffic of the next moments. */
  private static final long LEAST_LENGTH_NS = 1_000_000_000L;

  /** The end, not before a second has passed. */
  public long effectiveEndNs() {
    return Math.max(endNs, beginNs + LEAST_LENGTH_NS);
  }
}
