package dev.trial.checkers.expectation;

import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Expectation.Breaks;
import dev.trial.core.verdict.Expectation.BreaksOnlyIf;
import dev.trial.core.verdict.Expectation.ButForKnownBug;
import dev.trial.core.verdict.Expectation.Holds;
import dev.trial.core.verdict.Expectation.HoldsWithin;
import dev.trial.core.verdict.Outcome;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One run held against its claim.
 *
 * @param unexpected anomalies that the claim does not allow
 * @param witnesses anomalies that show what the claim says breaks
 * @param allowed anomalies that it allows beside
 */
public record RunOutcome(
    Outcome outcome, List<Anomaly> unexpected, List<Anomaly> witnesses, List<Anomaly> allowed) {

  public RunOutcome {
    unexpected = List.copyOf(unexpected);
    witnesses = List.copyOf(witnesses);
    allowed = List.copyOf(allowed);
  }

  /** One of which no anomaly is told. */
  public RunOutcome(Outcome outcome) {
    this(outcome, List.of(), List.of(), List.of());
  }

  /** Of these a history can prove the cause: one without it is a bug even where loss is due. */
  private static final Set<AnomalyKind> CAUSE_IS_PROVABLE =
      EnumSet.of(
          AnomalyKind.LOST_WRITE,
          AnomalyKind.TAIL_LOSS,
          AnomalyKind.READ_THEN_LOST,
          AnomalyKind.DUPLICATE_PROCESSING,
          AnomalyKind.LOST_PROCESSING);

  /**
   * Judges a verdict. A run that shows its witness is one even if it was otherwise too quiet for a
   * verdict; without a witness it is unknown if a checker could not tell, whatever anomalies the
   * claim allows were seen. Of a run that stopped nobody knows whether it would have shown nothing
   * else.
   */
  public static RunOutcome judge(Expectation expectation, Verdict verdict) {
    if (verdict.validity() == Validity.ERROR) {
      return new RunOutcome(Outcome.ERROR);
    }
    List<Anomaly> unexpected = new ArrayList<>();
    List<Anomaly> witnesses = new ArrayList<>();
    List<Anomaly> allowed = new ArrayList<>();
    boolean untold = verdict.stopped() != null;
    for (Anomaly anomaly : verdict.anomalies()) {
      switch (part(expectation, anomaly)) {
        case WITNESS -> witnesses.add(anomaly);
        case FINDING -> unexpected.add(anomaly);
        case UNKNOWN -> untold = true;
        default -> allowed.add(anomaly);
      }
    }
    Outcome outcome = outcome(verdict, unexpected, witnesses, untold);
    return new RunOutcome(outcome, unexpected, witnesses, allowed);
  }

  /** What one anomaly is to the claim. */
  private static Outcome part(Expectation expectation, Anomaly anomaly) {
    if (expectation instanceof ButForKnownBug but) {
      return but.explains(anomaly)
          ? but.holds() ? Outcome.WITNESS : Outcome.AS_EXPECTED
          : part(but.otherwise(), anomaly);
    }
    if (excusable(expectation, anomaly)) {
      return Outcome.UNKNOWN;
    }
    if (inexcusable(anomaly)) {
      return Outcome.FINDING;
    }
    if (witnesses(expectation, anomaly)) {
      return Outcome.WITNESS;
    }
    return allows(expectation, anomaly) ? Outcome.AS_EXPECTED : Outcome.FINDING;
  }

  private static Outcome outcome(
      Verdict verdict, List<Anomaly> unexpected, List<Anomaly> witnesses, boolean untold) {
    if (!unexpected.isEmpty()) {
      return Outcome.FINDING;
    }
    if (!witnesses.isEmpty() && !untold) {
      return Outcome.WITNESS;
    }
    boolean silent = verdict.findings().stream().anyMatch(each -> each.unknown() != null);
    return untold || silent || verdict.validity() == Validity.UNKNOWN
        ? Outcome.UNKNOWN
        : Outcome.AS_EXPECTED;
  }

  /** True if the claim allows it for a reason, and the history lacks what would tell that. */
  private static boolean excusable(Expectation expectation, Anomaly anomaly) {
    if (anomaly.cause() != Cause.UNTOLD) {
      return false;
    }
    AnomalyKind kind = anomaly.kind();
    if (expectation instanceof HoldsWithin within) {
      return within.bounds().stream().anyMatch(each -> each.kinds().contains(kind));
    }
    if (expectation instanceof Breaks breaks) {
      boolean named = breaks.shown().contains(kind) || breaks.consequences().contains(kind);
      return named && CAUSE_IS_PROVABLE.contains(kind);
    }
    return expectation instanceof BreaksOnlyIf only
        && (only.shown().kinds().contains(kind) || only.consequences().kinds().contains(kind));
  }

  private static boolean inexcusable(Anomaly anomaly) {
    return anomaly.cause() == Cause.UNEXPLAINED && CAUSE_IS_PROVABLE.contains(anomaly.kind());
  }

  private static boolean witnesses(Expectation expectation, Anomaly anomaly) {
    if (expectation instanceof Breaks breaks) {
      return breaks.shown().contains(anomaly.kind());
    }
    return expectation instanceof BreaksOnlyIf only && only.shown().covers(anomaly);
  }

  private static boolean allows(Expectation expectation, Anomaly anomaly) {
    if (expectation instanceof Holds) {
      return false;
    }
    if (expectation instanceof HoldsWithin within) {
      return within.consequences().contains(anomaly.kind())
          || within.bounds().stream().anyMatch(each -> each.covers(anomaly));
    }
    if (expectation instanceof Breaks breaks) {
      return breaks.consequences().contains(anomaly.kind());
    }
    return ((BreaksOnlyIf) expectation).consequences().covers(anomaly);
  }
}
