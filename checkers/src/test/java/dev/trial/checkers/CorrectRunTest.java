package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CorrectRunTest {

  private static final Set<AnomalyKind> LOSSES =
      EnumSet.of(AnomalyKind.LOST_WRITE, AnomalyKind.TAIL_LOSS);

  private static final Set<Cause> OWN_CHOICE =
      EnumSet.of(Cause.COMMIT_STRATEGY, Cause.LAST_RECORD, Cause.COMMIT_BEHIND);

  @Property(tries = 500)
  void acksAllIsNeverFlagged(@ForAll long seed, @ForAll @IntRange(max = 150) int steps) {
    Verdict verdict = new CorrectRun(seed, -1, steps).story.judge(-1);
    for (Anomaly each : verdict.anomalies()) {
      // Work done again after a crash is the commit's doing, and the only thing allowed here.
      assertEquals(AnomalyKind.DUPLICATE_PROCESSING, each.kind(), each.toString());
      assertTrue(OWN_CHOICE.contains(each.cause()), each.toString());
    }
  }

  @Property(tries = 500)
  void acksOneLosesOnlyWhatIsExplained(@ForAll long seed, @ForAll @IntRange(max = 150) int steps) {
    CorrectRun run = new CorrectRun(seed, 1, steps);
    Verdict verdict = run.story.judge(1);
    boolean lost = false;
    for (Anomaly each : verdict.anomalies()) {
      if (LOSSES.contains(each.kind())) {
        lost = true;
        assertEquals(Cause.TRUNCATED_BY_CLEAN_ELECTION, each.cause(), each.toString());
        assertTrue(run.truncated.containsAll(each.values()), each.toString());
      } else if (each.kind() == AnomalyKind.DUPLICATE_PROCESSING) {
        assertTrue(OWN_CHOICE.contains(each.cause()), each.toString());
      } else {
        assertEquals(Cause.CONSEQUENCE_OF_TRUNCATION, each.cause(), each.toString());
      }
    }
    assertEquals(run.truncatedAcknowledged(), lost);
  }

  @Property(tries = 100)
  void findingsAreTheSameEachTime(@ForAll long seed) {
    CorrectRun run = new CorrectRun(seed, 1, 120);
    assertEquals(run.story.judge(1), run.story.judge(1));
    List<Anomaly> anomalies = run.story.judge(1).anomalies();
    for (Anomaly each : anomalies) {
      assertTrue(
          each.operations().stream().allMatch(at -> at >= 0 && at < run.story.operations.size()));
    }
  }
}
