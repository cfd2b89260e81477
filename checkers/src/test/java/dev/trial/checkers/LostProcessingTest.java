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

  /** KAFKA-18641: a client that commits by itself may do so with the next poll, not before. */
  @Test
  void whoDiesBeforeItsNextPollDidNotCommit() {
    assertEquals(Cause.COMMITTED_UNASKED, autoCommitted(false, End.How.CRASHED));
  }

  @Test
  void whoPolledAgainGaveItUp() {
    assertEquals(Cause.COMMIT_STRATEGY, autoCommitted(true, End.How.CRASHED));
  }

  @Test
  void whoClosesWithoutDoingItOwesIt() {
    assertEquals(Cause.UNEXPLAINED, autoCommitted(false, End.How.CLOSED));
  }

  /** The first of two records is left undone; another member's client commits what it reads. */
  private Cause autoCommitted(boolean polledAgain, End.How how) {
    Story told = new Story();
    told.elect(1, 1, Election.FIRST, 1, 2, 3);
    told.start(Story.PRODUCER, Kind.PRODUCER);
    told.send(100, 0);
    told.send(101, 1);
    told.start(MEMBER, Kind.CONSUMER);
    told.assigned(MEMBER, 1);
    told.poll(MEMBER, 0, 100);
    if (polledAgain) {
      told.poll(MEMBER);
    }
    told.end(MEMBER, how);
    told.start(MEMBER + 1, Kind.CONSUMER);
    told.assigned(MEMBER + 1, 2);
    told.committed(MEMBER + 1, 1);
    told.poll(MEMBER + 1, 1, 101);
    told.process(MEMBER + 1, 1, 101);
    told.autoCommit(MEMBER + 1, 2);
    told.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L)), 2);
    return Story.of(told.judge(-1), AnomalyKind.LOST_PROCESSING).get(0).cause();
  }

  private Cause cause() {
    story.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L)), 2);
    return Story.of(story.judge(-1), AnomalyKind.LOST_PROCESSING).get(0).cause();
  }
}
