package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client that commits by itself may crash before it tells of its last commit. */
class UntoldCommitTest {
  private final Story story = new Story().start(1, Kind.CONSUMER).start(2, Kind.CONSUMER);

  private void deliveredThree() {
    for (long value = 100; value < 103; value++) {
      story.send(value, value - 100);
    }
    story.assigned(1, 5);
    story.poll(1, 0, 100, 1, 101, 2, 102);
  }

  private void commitsByItself(long offset) {
    Map<PartitionId, Long> offsets = Map.of(Story.P0, offset);
    story.add(1, Stage.OK, -1, new Commit(Story.GROUP, Commit.Mode.AUTO, offsets, null));
  }

  /** What another member is told after the first one's crash. */
  private List<Anomaly> lostWhenTold(long offset) {
    story.fact(1, new Action.End(End.How.CRASHED, null));
    story.assigned(2, 6);
    story.committed(2, offset);
    return Story.of(Judge.judge(story.history(), Story.rules(-1)), AnomalyKind.LOST_COMMIT);
  }

  @Test
  void anOffsetThatTheClientHadReachedIsItsLastCommit() {
    deliveredThree();
    commitsByItself(1);
    assertEquals(0, lostWhenTold(3).size());
  }

  @Test
  void anOffsetBelowIsALostCommit() {
    deliveredThree();
    commitsByItself(2);
    assertEquals(1, lostWhenTold(1).size());
  }

  @Test
  void anOffsetThatNobodyReachedIsNobodysCommit() {
    deliveredThree();
    commitsByItself(1);
    assertEquals(1, lostWhenTold(4).size());
  }

  @Test
  void anApplicationThatCommitsTellsOfEveryCommit() {
    deliveredThree();
    story.commit(1, 1);
    assertEquals(1, lostWhenTold(3).size());
  }
}
