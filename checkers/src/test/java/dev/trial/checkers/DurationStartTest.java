package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where a group may begin that has nothing committed and looks ten seconds back (KIP-1106). */
class DurationStartTest {
  private final Story story = new Story();

  /** Three records, sent twenty, five and one seconds before the consumer comes. */
  private List<Anomaly> begunAt(long offset, long value) {
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.start(2, Kind.CONSUMER);
    story.send(100, 0);
    story.sleep(15_000);
    story.send(101, 1);
    story.sleep(4_000);
    story.send(102, 2);
    story.sleep(1_000);
    story.assigned(2, 1);
    story.committed(2, -1);
    story.poll(2, offset, value);
    story.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L, 2L, 102L)), 3);
    Rules rules =
        new Rules(
            -1,
            2,
            Set.of(Story.GROUP),
            Map.of(Story.GROUP, "by_duration:PT10S"),
            Set.of(AnomalyKind.WRONG_START),
            Vacuity.NEVER);
    return Story.of(Judge.judge(story.history(), rules), AnomalyKind.WRONG_START);
  }

  @Test
  void theFirstThatIsYoungEnough() {
    assertEquals(List.of(), begunAt(1, 101));
  }

  @Test
  void olderThanThatIsTooEarly() {
    assertEquals(List.of(100L, 100L), begunAt(0, 100).get(0).values());
  }

  @Test
  void leavingOutAYoungOneIsTooLate() {
    assertEquals(List.of(102L, 101L), begunAt(2, 102).get(0).values());
  }
}
