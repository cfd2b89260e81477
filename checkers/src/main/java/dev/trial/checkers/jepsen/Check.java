package dev.trial.checkers.jepsen;

import dev.trial.core.verdict.Budget;

/** One family of anomalies of Jepsen's Kafka workload. */
interface Check {
  /** So many steps between two looks at the budget. */
  int STRIDE = 1 << 14;

  /** The name in reports. */
  String id();

  /** Looks through a history; throws BudgetSpentException where it must stop. */
  void run(Study study, Findings findings, Budget budget);

  /** Asks the budget now and then. */
  static void pace(Budget budget, int step) {
    if (step % STRIDE == 0) {
      budget.check();
    }
  }
}
