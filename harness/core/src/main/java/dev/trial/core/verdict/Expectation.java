package dev.trial.core.verdict;

import java.util.List;
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
   * The guarantee holds up to a bound: what one of {@code bounds} covers is within it, and need not
   * show; {@code consequences} may come with it; anything else is a finding.
   */
  record HoldsWithin(List<Explained> bounds, Set<AnomalyKind> consequences) implements Expectation {
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
   * What {@code shown} covers must be witnessed within the seed budget; what comes with it must
   * itself be explained as {@code consequences} say; anything else is a finding.
   */
  record BreaksOnlyIf(Explained shown, Explained consequences) implements Expectation {
    @Override
    public String id() {
      return "breaks-only-if";
    }
  }

  /**
   * As {@code otherwise}, but for a bug that the clients' release is known to have: what looks like
   * one of {@code symptoms} may show. Where the guarantee holds otherwise it is a witness of the
   * bug.
   */
  record ButForKnownBug(Expectation otherwise, List<Symptom> symptoms) implements Expectation {

    public ButForKnownBug {
      symptoms = List.copyOf(symptoms);
    }

    /** True if the anomaly is the bug's. */
    public boolean explains(Anomaly anomaly) {
      return symptoms.stream().anyMatch(each -> each.in(anomaly));
    }

    @Override
    public boolean holds() {
      return otherwise.holds();
    }

    @Override
    public String id() {
      return otherwise.id();
    }
  }

  /** True where no breakage has to be witnessed. */
  default boolean holds() {
    return this instanceof Holds || this instanceof HoldsWithin;
  }

  /** The name in tables and JSON. */
  String id();
}
