package dev.trial.checkers.evidence;

import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.BudgetSpentException;
import java.util.Locale;

/**
 * Keeps a checker within its budget. A checker says what it goes through and takes a step for each
 * of it; now and then the budget is asked, and when that is spent, what stops the checker says how
 * far it came.
 */
public final class Pace {

  /** So many steps between two looks at the budget. */
  private static final int STRIDE = 1 << 12;

  private final Budget budget;
  private String what = "operations";
  private long of;
  private long done;
  private long unasked;

  public Pace(Budget budget) {
    this.budget = budget;
  }

  /** A walk begins: so many of these, one step each. */
  public void over(String things, long number) {
    what = things;
    of = number;
    done = 0;
    ask();
  }

  /** The next of them. */
  public void step() {
    done++;
    cost(1);
  }

  /** Looks at other things meanwhile, each as dear as a step. */
  public void cost(long steps) {
    unasked += steps;
    if (unasked >= STRIDE) {
      ask();
    }
  }

  /** What stopped it, and how far it came. */
  public String stopped(String reason) {
    return String.format(Locale.ROOT, "%s, after %,d of %,d %s", reason, done, of, what);
  }

  private void ask() {
    String spent = budget.spend(unasked);
    unasked = 0;
    if (spent != null) {
      throw new BudgetSpentException(stopped(spent));
    }
  }
}
