package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record that was delivered, committed and never processed: whose fault that is. */
final class LostProcessingTest {
  private static final int MEMBER = 7;

  private final Story story = new Story();

  @BeforeEach
  void theSecondOfTwoRecordsIsProcessed() {
    story.elect(1, 1, Election.FIRST, 1, 2, 3);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.send(100, 0);
    story.send(101, 1);
    story.start(MEMBER, Kind.CONSUMER);
    story.assigned(MEMBER, 1);
    story.poll(MEMBER, 0, 100, 1, 101);
    story.process(MEMBER, 1, 101);
    story.commit(MEMBER, 2);
  }

  @Test
  void whoGoesOnAndClosesOwesIt() {
    story.end(MEMBER, End.How.CLOSED);
    assertEquals(Cause.UNEXPLAINED, cause());
  }

  @Test
  void whoCrashesCommittedTooEarly() {
    story.end(MEMBER, End.How.CRASHED);
    assertEquals(Cause.COMMIT_STRATEGY, cause());
  }

  @Test
  void soDoesWhoLosesThePartition() {
    story.rebalance(MEMBER, Change.REVOKED, 2);
    story.end(MEMBER, End.How.CLOSED);
    assertEquals(Cause.COMMIT_STRATEGY, cause());
  }

  private Cause cause() {
    story.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L)), 2);
    return Story.of(story.judge(-1), AnomalyKind.LOST_PROCESSING).get(0).cause();
  }
}
