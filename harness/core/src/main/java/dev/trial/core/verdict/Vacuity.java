package dev.trial.core.verdict;

/**
 * How much of a run its faults have to touch: with less, nothing was put on trial, and the verdict
 * is {@code unknown}.
 *
 * @param minOperations sends acknowledged and polls answered while faults were active
 * @param minLeaderChanges leader changes with 20 or more sends in flight or acknowledged
 */
public record Vacuity(int minOperations, int minLeaderChanges) {

  /** Whatever happened is enough. */
  public static final Vacuity NEVER = new Vacuity(0, 0);

  /** Traffic went on under the faults. */
  public static Vacuity operations(int min) {
    return new Vacuity(min, 0);
  }

  /** Leadership moved under load, whether or not anything could succeed meanwhile. */
  public static Vacuity leaderChanges(int min) {
    return new Vacuity(0, min);
  }
}
