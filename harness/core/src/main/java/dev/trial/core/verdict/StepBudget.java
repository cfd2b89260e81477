package dev.trial.core.verdict;

/** A number of steps: the same history ends at the same step on every machine. */
public final class StepBudget implements Budget {
  private final long limit;
  private long used;

  /** A budget of {@code limit} steps. */
  public StepBudget(long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a budget has 0 steps or more, not " + limit);
    }
    this.limit = limit;
  }

  @Override
  public String spent() {
    return used > limit ? "its " + limit + " steps are over" : null;
  }

  @Override
  public String spend(long steps) {
    used += steps;
    return spent();
  }
}
