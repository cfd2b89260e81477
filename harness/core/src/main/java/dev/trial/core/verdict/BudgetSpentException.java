package dev.trial.core.verdict;

/** A checker stops: its time or memory is used up. */
public final class BudgetSpentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** {@code reason} says what was used up. */
  public BudgetSpentException(String reason) {
    super(reason, null, false, false);
  }
}
