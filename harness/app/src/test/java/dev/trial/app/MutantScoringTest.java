package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.mutant.MutantScore;
import dev.trial.app.mutant.MutantScoring;
import dev.trial.app.mutant.MutantTrial;
import dev.trial.broker.defect.Defect;
import dev.trial.core.run.ClaimName;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Expectation;
import dev.trial.engine.targets.Target;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The score of mutants: who is caught, who is not, and that the clean cluster is held to it. */
class MutantScoringTest {

  /** One of each family that shows at the first seed; {@link EveryMutantTest} has them all. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "UNCLEAN_THOUGH_DISABLED",
        "BATCH_OVERTAKEN",
        "ABORTED_NOT_TOLD",
        "COMMIT_FROM_OLD_GENERATION",
        "COMPACTION_DROPS_NEWEST"
      })
  void aMutantIsCaughtWhereTheCleanClusterIsNot(Defect defect) {
    try (Target target = SpecFixture.simulation()) {
      MutantTrial trial = MutantTrial.of(defect);
      MutantScore score = new MutantScoring(target, 2, 1, 1).score(trial);
      assertTrue(score.passed(), score.json().toString());
      List<String> meant = trial.meant().stream().map(AnomalyKind::id).toList();
      assertTrue(meant.containsAll(score.caughtBy()), score.json().toString());
    }
  }

  /** The loss is plain, but this trial asks for a checker of transactions. */
  @Test
  void aMutantThatOnlyAnotherCheckerSeesDoesNotPass() {
    try (Target target = SpecFixture.simulation()) {
      MutantTrial blind =
          new MutantTrial(
              Defect.UNCLEAN_THOUGH_DISABLED,
              ClaimName.of("unclean-election-off/in-sync-only"),
              List.of(AnomalyKind.ABORTED_READ));
      MutantScore score = new MutantScoring(target, 2, 1, 1).score(blind);
      assertFalse(score.passed());
      assertEquals(List.of(), score.caughtBy());
      assertTrue(score.besides().contains("lost-write"), score.json().toString());
    }
  }

  /** The zombie's commit cannot show where no group is at work. */
  @Test
  void aMutantThatNobodySeesDoesNotPass() {
    try (Target target = SpecFixture.simulation()) {
      MutantTrial blind =
          new MutantTrial(
              Defect.COMMIT_FROM_OLD_GENERATION, ClaimName.of("idempotent-once-in-order"));
      MutantScore score = new MutantScoring(target, 2, 1, 2).score(blind);
      assertFalse(score.passed());
      assertEquals(2, score.seeds());
      assertEquals(-1, score.caughtAtSeed());
    }
  }

  @Test
  void aScoreSaysHowSoon() {
    MutantTrial trial = MutantTrial.of(Defect.UNCLEAN_THOUGH_DISABLED);
    List<MutantScore> scores =
        List.of(
            new MutantScore(trial, List.of("lost-write"), List.of(), 3, 4, 0),
            new MutantScore(trial, List.of("lost-write"), List.of(), 9, 12, 0),
            new MutantScore(trial, List.of(), List.of("unseen"), -1, 100, 0));
    assertEquals(
        "2 of 3 mutants caught; at seed 9 in the median, 9 at the latest",
        MutantScore.summary(scores));
  }

  @Test
  void theTableFitsTheTerminal() {
    List<MutantScore> scores =
        MutantTrial.all().stream()
            .map(
                trial ->
                    new MutantScore(
                        trial, List.of("lost-write"), List.of("unseen", "reordering"), 3, 4, 0))
            .toList();
    for (int columns : new int[] {80, 100, 132, 200}) {
      List<String> lines = MutantScore.table(scores, columns);
      assertTrue(lines.stream().allMatch(line -> line.length() <= columns), lines.toString());
      for (MutantTrial trial : MutantTrial.all()) {
        assertTrue(lines.stream().anyMatch(line -> line.startsWith(trial.defect().id() + " ")));
      }
    }
  }

  @Test
  void everyDefectHasATrialInWhichTheCleanClusterNeedNotShowAnything() {
    assertEquals(Defect.values().length, MutantTrial.all().size());
    for (MutantTrial trial : MutantTrial.all()) {
      assertFalse(
          trial.experiment().expectation() instanceof Expectation.Breaks, trial.name().toString());
    }
  }

  @Test
  void everyDefectIsMeantToShowInWhatItsClaimJudges() {
    for (MutantTrial trial : MutantTrial.all()) {
      Set<AnomalyKind> judged = trial.experiment().judged();
      assertFalse(trial.meant().isEmpty(), trial.name().toString());
      assertTrue(judged.isEmpty() || judged.containsAll(trial.meant()), trial.toString());
    }
  }
}
