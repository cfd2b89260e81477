package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group goes back, and a commit of unknown end does or does not explain it. */
class LateCommitTest {
  private static final int ONE = 2;
  private static final int OTHER = 3;
  private static final int BACK = 4;
  private static final PartitionId P1 = new PartitionId("orders", 1);

  private final Story story = new Story();

  @BeforeEach
  void members() {
    story.start(ONE, Kind.CONSUMER).start(OTHER, Kind.CONSUMER).start(BACK, Kind.CONSUMER);
    story.assigned(ONE, 1);
    story.committed(ONE, 10);
  }

  private void takesOver(int process, int generation, long committed) {
    story.assigned(process, generation);
    story.committed(process, committed);
  }

  /** Of a history that is whole: only then is what nothing explains known to be so. */
  private Anomaly regression() {
    TreeMap<Long, Long> log = new TreeMap<>();
    for (long offset = 0; offset < 60; offset++) {
      log.put(offset, 100 + offset);
    }
    story.finalRead(log, 60);
    List<Anomaly> found = Story.of(story.judge(-1), AnomalyKind.COMMIT_REGRESSION);
    assertEquals(1, found.size(), found.toString());
    return found.get(0);
  }

  @Test
  void whoBeganAtItsOffsetProvesThatItLanded() {
    long late = story.commit(ONE, 10, Stage.INFO);
    story.commit(ONE, 50);
    story.rebalance(ONE, Change.REVOKED, 1);
    takesOver(OTHER, 2, 10);
    story.commit(OTHER, 20);
    Anomaly found = regression();
    assertEquals(Cause.LATE_COMMIT, found.cause());
    assertTrue(found.operations().contains(late), found.toString());
  }

  /** What it was given first tells where it began, if nothing was told. */
  @Test
  void soDoTheRecordsItWasGiven() {
    story.commit(ONE, 10, Stage.INFO);
    story.commit(ONE, 50);
    story.rebalance(ONE, Change.REVOKED, 1);
    story.assigned(OTHER, 2);
    story.poll(OTHER, 10, 110, 11, 111);
    story.commit(OTHER, 12);
    assertEquals(Cause.LATE_COMMIT, regression().cause());
  }

  @Test
  void whoWentOnFromItMayHandOnWhatItCommitted() {
    long late = story.commit(ONE, 10, Stage.INFO);
    story.commit(ONE, 50);
    story.rebalance(ONE, Change.REVOKED, 1);
    takesOver(OTHER, 2, 10);
    story.commit(OTHER, 20, Stage.INFO);
    story.rebalance(OTHER, Change.REVOKED, 2);
    takesOver(BACK, 3, 20);
    story.commit(BACK, 30);
    Anomaly found = regression();
    assertEquals(Cause.LATE_COMMIT, found.cause());
    assertTrue(found.operations().contains(late), found.toString());
  }

  @Test
  void whereNobodyBeganAtItsOffsetItExplainsNothing() {
    story.commit(ONE, 10, Stage.INFO);
    story.commit(ONE, 50);
    story.rebalance(ONE, Change.REVOKED, 1);
    takesOver(OTHER, 2, 50);
    story.commit(OTHER, 20);
    assertEquals(Cause.UNEXPLAINED, regression().cause());
  }

  /** A member that lost its place goes on with what it had (KAFKA-20321). */
  @Test
  void aZombieIsNotExplainedByACommitThatItDidNotBeginAt() {
    story.commit(ONE, 10, Stage.INFO);
    takesOver(OTHER, 2, 10);
    story.commit(OTHER, 50);
    story.rebalance(ONE, Change.LOST, 1);
    story.commit(ONE, 20);
    assertEquals(Cause.UNEXPLAINED, regression().cause());
  }

  /** What its client gave it of a partition that was lost tells the bug (KAFKA-20321). */
  @Test
  void recordsThatCameAfterTheLossAreShown() {
    takesOver(OTHER, 2, 10);
    story.commit(OTHER, 50);
    long lost = story.rebalance(ONE, Change.LOST, 1);
    long poll = story.poll(ONE, 18, 118, 19, 119);
    story.commit(ONE, 20);
    Anomaly found = regression();
    assertEquals(Cause.READ_AFTER_LOSS, found.cause());
    assertTrue(found.operations().containsAll(List.of(lost, poll)), found.toString());
  }

  @Test
  void recordsThatCameBeforeTheLossDoNotTellIt() {
    story.poll(ONE, 18, 118, 19, 119);
    takesOver(OTHER, 2, 10);
    story.commit(OTHER, 50);
    story.rebalance(ONE, Change.LOST, 1);
    story.commit(ONE, 20);
    assertEquals(Cause.UNEXPLAINED, regression().cause());
  }

  @Test
  void oneThatWasBegunWhenTheNewerOneWasOverIsNotLate() {
    story.commit(ONE, 50);
    story.commit(ONE, 10, Stage.INFO);
    story.rebalance(ONE, Change.REVOKED, 1);
    takesOver(OTHER, 2, 10);
    story.commit(OTHER, 20);
    assertEquals(Cause.UNEXPLAINED, regression().cause());
  }

  @Test
  void oneOfAnotherPartitionExplainsNothing() {
    Commit elsewhere = new Commit(Story.GROUP, Commit.Mode.SYNC, Map.of(P1, 10L), null);
    long invoked = story.add(ONE, Stage.INVOKE, Operation.NO_INVOCATION, elsewhere);
    story.add(ONE, Stage.INFO, invoked, elsewhere);
    story.commit(ONE, 50);
    story.rebalance(ONE, Change.REVOKED, 1);
    takesOver(OTHER, 2, 10);
    story.commit(OTHER, 20);
    assertEquals(Cause.UNEXPLAINED, regression().cause());
  }
}
