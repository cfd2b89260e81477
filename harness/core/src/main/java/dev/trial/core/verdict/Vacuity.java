package dev.trial.core.verdict;

/**
 * How much of a run has to happen: with less, nothing was put on trial, and the verdict is {@code
 * unknown}. An operation counts if it is a send that was acknowledged or a poll that brought
 * records.
 *
 * @param minUnderFaults operations while faults were active
 * @param minLeaderChanges leader changes with 20 or more sends in flight or acknowledged
 * @param minInRun operations in the whole run
 */
public record Vacuity(int minUnderFaults, int minLeaderChanges, int minInRun) {

  /** Whatever happened is enough. */
  public static final Vacuity NEVER = new Vacuity(0, 0, 0);

  /** Traffic went on under the faults. */
  public static Vacuity operations(int min) {
    return new Vacuity(min, 0, 0);
  }

  /** Leadership moved under load, whether or not anything could succeed meanwhile. */
  public static Vacuity leaderChanges(int min) {
    return new Vacuity(0, min, 0);
  }

  /** Something succeeded at some time, whatever the faults allowed. */
  public static Vacuity inRun(int min) {
    return new Vacuity(0, 0, min);
  }

  /** What remains to be asked of a run without faults. */
  public Vacuity withoutFaults() {
    return new Vacuity(0, 0, minInRun);
  }
}
