package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.mutant.CleanControl;
import dev.trial.app.mutant.MutantScore;
import dev.trial.app.mutant.MutantScoring;
import dev.trial.app.mutant.MutantTrial;
import dev.trial.engine.targets.Target;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code trial mutants --score} as a test: a defect that its checker does not see, or a cluster
 * without defects that is flagged, fails the build. It takes ten minutes.
 */
@Tag("mutants")
class EveryMutantTest {
  private static final int LAST_SEED = 300;
  private static final int CLEAN_SEEDS = 2;
  private static final int WORKERS = Runtime.getRuntime().availableProcessors();

  private static Target target;

  @BeforeAll
  static void open() {
    target = SpecFixture.simulation();
  }

  @AfterAll
  static void close() {
    target.close();
  }

  static List<MutantTrial> trials() {
    return MutantTrial.all();
  }

  @ParameterizedTest
  @MethodSource("trials")
  void isCaughtByItsCheckerWhereTheCleanClusterIsNot(MutantTrial trial) {
    MutantScore score = new MutantScoring(target, WORKERS, 1, LAST_SEED).score(trial);
    assertTrue(score.passed(), score.json().toString());
  }

  @Test
  void theCleanClusterIsFlaggedUnderNoClaim() {
    CleanControl.Result result = new CleanControl(target, WORKERS).seedsOfEach(CLEAN_SEEDS);
    assertEquals(List.of(), result.findings(), result.sentence());
  }
}
