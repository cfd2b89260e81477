package dev.trial.core.verdict;

import java.util.Set;

/** What a claim says will happen. */
public sealed interface Expectation {

  /** The guarantee is never broken: one anomaly on any seed is a finding. */
  record Holds() implements Expectation {
    @Override
    public String id() {
      return "holds";
    }
  }

  /**
   * The guarantee holds up to a bound: anomalies of these kinds are within it where the history
   * proves one of the causes, and need not show; anything else is a finding.
   */
  record HoldsWithin(Set<AnomalyKind> bounded, Set<AnomalyKind> consequences, Set<Cause> causes)
      implements Expectation {
    @Override
    public String id() {
      return "holds";
    }
  }

  /**
   * One of {@code shown} must be witnessed within the seed budget; {@code consequences} may come
   * with it; anything else is a finding.
   */
  record Breaks(Set<AnomalyKind> shown, Set<AnomalyKind> consequences) implements Expectation {
    @Override
    public String id() {
      return "breaks";
    }
  }

  /**
   * Anomalies of these kinds are as expected where the history proves one of the causes, and must
   * be witnessed within the budget; anything else is a finding.
   */
  record BreaksOnlyIf(Set<AnomalyKind> shown, Set<AnomalyKind> consequences, Set<Cause> causes)
      implements Expectation {
    @Override
    public String id() {
      return "breaks-only-if";
    }
  }

  /** The name in tables and JSON. */
  String id();
}
