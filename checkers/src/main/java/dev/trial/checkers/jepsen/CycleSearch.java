package dev.trial.checkers.jepsen;

import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.Finding;

/**
 * Looks for cycles of dependencies between operations: G0 where every dependency is of writes, G1c
 * where some are of reads. Kafka allows G0, as transactions do not isolate writes from each other
 * (jepsen.tests.kafka/allowed-error-types), and G1c as far as it needs such a dependency.
 */
public interface CycleSearch {

  /** The cycles found, each with the operations it goes through; may throw BudgetSpentException. */
  Finding cycles(KafkaDependencies dependencies, Budget budget);
}
