package dev.trial.checkers.jepsen;

import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.BudgetSpentException;

/** One family of anomalies of Jepsen's Kafka workload. */
interface Check {
  /** So many steps between two looks at the budget. */
  int STRIDE = 1 << 14;

  /** The name in reports. */
  String id();

  /** Looks through a history; throws BudgetSpentException where it must stop. */
  void run(Study study, Findings findings, Budget budget);

  /** Asks the budget now and then; what it stops says how far it came. */
  static void pace(Budget budget, int step, int steps) {
    String spent = step % STRIDE == 0 ? budget.spent() : null;
    if (spent != null) {
      throw new BudgetSpentException(spent + ", after " + step + " of " + steps + " steps");
    }
  }
}
