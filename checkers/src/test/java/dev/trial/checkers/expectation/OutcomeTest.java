package dev.trial.checkers.expectation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Explained;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Outcome;
import dev.trial.core.verdict.Symptom;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  private static final Expectation HOLDS = new Expectation.Holds();
  private static final Expectation BREAKS =
      new Expectation.Breaks(
          Set.of(AnomalyKind.LOST_WRITE), Set.of(AnomalyKind.INCONSISTENT_OFFSETS));
  private static final Expectation ONLY_IF =
      new Expectation.BreaksOnlyIf(
          new Explained(Set.of(AnomalyKind.LOST_WRITE), Set.of(Cause.UNCLEAN_ELECTION)),
          new Explained(
              Set.of(AnomalyKind.INCONSISTENT_OFFSETS), Set.of(Cause.CONSEQUENCE_OF_TRUNCATION)));

  private static final Expectation WITHIN =
      new Expectation.HoldsWithin(
          List.of(
              new Explained(
                  Set.of(AnomalyKind.DUPLICATE_PROCESSING), Set.of(Cause.COMMIT_STRATEGY)),
              new Explained(Set.of(AnomalyKind.LOST_PROCESSING), Set.of(Cause.COMMITTED_UNASKED))),
          Set.of(AnomalyKind.NONMONOTONIC_POLL));

  /** As auto-commit-duplicates with KIP-848: each kind has its own causes. */
  private static final Expectation UNASKED =
      new Expectation.BreaksOnlyIf(
          new Explained(Set.of(AnomalyKind.LOST_PROCESSING), Set.of(Cause.COMMITTED_UNASKED)),
          new Explained(Set.of(AnomalyKind.DUPLICATE_PROCESSING), Set.of(Cause.COMMIT_STRATEGY)));

  private static Anomaly anomaly(AnomalyKind kind, Cause cause) {
    return new Anomaly(kind, null, List.of(), List.of(), List.of(), cause, "so it was");
  }

  private static Outcome run(Expectation expectation, Anomaly... anomalies) {
    Validity validity = anomalies.length == 0 ? Validity.VALID : Validity.INVALID;
    Verdict verdict =
        new Verdict(validity, List.of(new Finding("c", List.of(anomalies), null, Map.of())));
    return RunOutcome.judge(expectation, verdict).outcome();
  }

  @Test
  void theBugOfAReleaseMayShowAndNothingElse() {
    Expectation but =
        new Expectation.ButForKnownBug(
            WITHIN,
            List.of(
                Symptom.any(AnomalyKind.WIRE_CORRUPTION),
                Symptom.saying(AnomalyKind.CLIENT_ERROR, "so it"),
                Symptom.proven(AnomalyKind.LOST_PROCESSING, Cause.COMMITTED_UNASKED)));
    Anomaly bug = anomaly(AnomalyKind.WIRE_CORRUPTION, Cause.UNEXPLAINED);
    assertEquals(Outcome.WITNESS, run(but, bug));
    assertEquals(
        Outcome.WITNESS, run(but, anomaly(AnomalyKind.LOST_PROCESSING, Cause.COMMITTED_UNASKED)));
    assertEquals(
        Outcome.FINDING, run(but, anomaly(AnomalyKind.LOST_PROCESSING, Cause.UNEXPLAINED)));
    assertEquals(Outcome.WITNESS, run(but, anomaly(AnomalyKind.CLIENT_ERROR, Cause.UNEXPLAINED)));
    assertFalse(
        Symptom.saying(AnomalyKind.CLIENT_ERROR, "another")
            .in(anomaly(AnomalyKind.CLIENT_ERROR, Cause.UNEXPLAINED)));
    assertEquals(Outcome.FINDING, run(but, bug, anomaly(AnomalyKind.PHANTOM, Cause.UNEXPLAINED)));
    assertEquals(
        Outcome.AS_EXPECTED,
        run(but, anomaly(AnomalyKind.DUPLICATE_PROCESSING, Cause.COMMIT_STRATEGY)));
    assertEquals(Outcome.FINDING, run(WITHIN, bug));
    RunOutcome quiet = new RunOutcome(Outcome.AS_EXPECTED);
    assertEquals(Outcome.AS_EXPECTED, ClaimOutcome.judge(but, List.of(quiet)).outcome());
  }

  /** The bug is no breakage of the claim's: the claim's own witness is still owed. */
  @Test
  void theBugOfAReleaseIsNoWitnessOfAnotherBreakage() {
    Expectation but =
        new Expectation.ButForKnownBug(BREAKS, List.of(Symptom.any(AnomalyKind.CLIENT_ERROR)));
    assertEquals(
        Outcome.AS_EXPECTED, run(but, anomaly(AnomalyKind.CLIENT_ERROR, Cause.UNEXPLAINED)));
    assertEquals(
        Outcome.WITNESS, run(but, anomaly(AnomalyKind.LOST_WRITE, Cause.UNCLEAN_ELECTION)));
    RunOutcome quiet = new RunOutcome(Outcome.AS_EXPECTED);
    assertEquals(Outcome.FINDING, ClaimOutcome.judge(but, List.of(quiet)).outcome());
  }

  @Test
  void whatHoldsAllowsNothing() {
    assertEquals(Outcome.AS_EXPECTED, run(HOLDS));
    Anomaly explained = anomaly(AnomalyKind.LOST_WRITE, Cause.UNCLEAN_ELECTION);
    assertEquals(Outcome.FINDING, run(HOLDS, explained));
  }

  /**
   * As log-divergence did on Kafka: a duplicate it allows, and nothing acknowledged under faults.
   */
  @Test
  void anAllowedAnomalyDoesNotMakeAQuietRunAVerdict() {
    Anomaly allowed = anomaly(AnomalyKind.DUPLICATE_PROCESSING, Cause.COMMIT_STRATEGY);
    Finding seen = new Finding("c", List.of(allowed), null, Map.of());
    Finding quiet = new Finding("availability", List.of(), "only 7 operations", Map.of());
    Verdict verdict = new Verdict(Validity.INVALID, List.of(seen, quiet));
    assertEquals(Outcome.UNKNOWN, RunOutcome.judge(WITHIN, verdict).outcome());
    Anomaly lost = anomaly(AnomalyKind.LOST_WRITE, Cause.UNCLEAN_ELECTION);
    Verdict shown =
        new Verdict(
            Validity.INVALID, List.of(new Finding("c", List.of(lost), null, Map.of()), quiet));
    assertEquals(Outcome.WITNESS, RunOutcome.judge(BREAKS, shown).outcome());
  }

  @Test
  void whatHoldsWithinABoundAllowsThatMuch() {
    Anomaly lastBatch = anomaly(AnomalyKind.DUPLICATE_PROCESSING, Cause.COMMIT_STRATEGY);
    Anomaly older = anomaly(AnomalyKind.DUPLICATE_PROCESSING, Cause.COMMIT_BEHIND);
    assertEquals(Outcome.AS_EXPECTED, run(WITHIN));
    assertEquals(Outcome.AS_EXPECTED, run(WITHIN, lastBatch));
    assertEquals(Outcome.FINDING, run(WITHIN, lastBatch, older));
    assertEquals(
        Outcome.FINDING, run(WITHIN, anomaly(AnomalyKind.LOST_WRITE, Cause.COMMIT_STRATEGY)));
    assertEquals(
        Outcome.AS_EXPECTED,
        ClaimOutcome.judge(WITHIN, List.of(RunOutcome.judge(WITHIN, quiet()))).outcome());
  }

  @Test
  void whatExplainsOneKindDoesNotExplainAnother() {
    Anomaly unasked = anomaly(AnomalyKind.LOST_PROCESSING, Cause.COMMITTED_UNASKED);
    Anomaly twice = anomaly(AnomalyKind.DUPLICATE_PROCESSING, Cause.COMMIT_STRATEGY);
    Anomaly lost = anomaly(AnomalyKind.LOST_PROCESSING, Cause.COMMIT_STRATEGY);
    assertEquals(Outcome.WITNESS, run(UNASKED, unasked, twice));
    assertEquals(Outcome.AS_EXPECTED, run(UNASKED, twice));
    assertEquals(Outcome.FINDING, run(UNASKED, unasked, lost));
    assertEquals(Outcome.AS_EXPECTED, run(WITHIN, unasked, twice));
    assertEquals(Outcome.FINDING, run(WITHIN, lost));
  }

  private static Verdict quiet() {
    return new Verdict(Validity.VALID, List.of(new Finding("c", List.of(), null, Map.of())));
  }

  @Test
  void whatBreaksIsWitnessedAndNothingElseMayShow() {
    Anomaly lost = anomaly(AnomalyKind.LOST_WRITE, Cause.TRUNCATED_BY_CLEAN_ELECTION);
    Anomaly reused = anomaly(AnomalyKind.INCONSISTENT_OFFSETS, Cause.CONSEQUENCE_OF_TRUNCATION);
    assertEquals(Outcome.WITNESS, run(BREAKS, lost, reused));
    assertEquals(Outcome.AS_EXPECTED, run(BREAKS, reused));
    assertEquals(
        Outcome.FINDING, run(BREAKS, lost, anomaly(AnomalyKind.DUPLICATE, Cause.UNEXPLAINED)));
  }

  @Test
  void anExplainedLossIsNoBugAndAnUnexplainedOneNoWitness() {
    Anomaly lost = anomaly(AnomalyKind.LOST_WRITE, Cause.UNEXPLAINED);
    assertEquals(Outcome.FINDING, run(BREAKS, lost));
  }

  @Test
  void onlyTheNamedCauseCounts() {
    Anomaly explained = anomaly(AnomalyKind.LOST_WRITE, Cause.UNCLEAN_ELECTION);
    Anomaly other = anomaly(AnomalyKind.LOST_WRITE, Cause.TRUNCATED_BY_CLEAN_ELECTION);
    assertEquals(Outcome.WITNESS, run(ONLY_IF, explained));
    assertEquals(Outcome.FINDING, run(ONLY_IF, explained, other));
    Anomaly unexplained = anomaly(AnomalyKind.INCONSISTENT_OFFSETS, Cause.UNEXPLAINED);
    assertEquals(Outcome.FINDING, run(ONLY_IF, explained, unexplained));
  }

  @Test
  void unknownAndErrorStaySo() {
    Verdict unknown = new Verdict(Validity.UNKNOWN, List.of());
    Verdict error = new Verdict(Validity.ERROR, List.of());
    assertEquals(Outcome.UNKNOWN, RunOutcome.judge(HOLDS, unknown).outcome());
    assertEquals(Outcome.ERROR, RunOutcome.judge(BREAKS, error).outcome());
  }

  private static Outcome claim(Expectation expectation, Outcome... outcomes) {
    List<RunOutcome> runs = new ArrayList<>();
    for (Outcome each : outcomes) {
      runs.add(new RunOutcome(each));
    }
    return ClaimOutcome.judge(expectation, runs).outcome();
  }

  @Test
  void aClaimIsJudgedOverItsBudget() {
    assertEquals(Outcome.AS_EXPECTED, claim(HOLDS, Outcome.AS_EXPECTED, Outcome.UNKNOWN));
    assertEquals(Outcome.UNKNOWN, claim(HOLDS, Outcome.UNKNOWN));
    assertEquals(Outcome.UNKNOWN, claim(HOLDS));
    assertEquals(Outcome.AS_EXPECTED, claim(BREAKS, Outcome.AS_EXPECTED, Outcome.WITNESS));
    assertEquals(Outcome.FINDING, claim(BREAKS, Outcome.AS_EXPECTED, Outcome.AS_EXPECTED));
    assertEquals(Outcome.FINDING, claim(BREAKS, Outcome.WITNESS, Outcome.FINDING));
    assertEquals(Outcome.ERROR, claim(BREAKS, Outcome.WITNESS, Outcome.ERROR));
  }
}
