package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.Committed;
import dev.trial.core.history.Action.End.How;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.AnomalyKind;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Consumers that commit by themselves: a history has such a commit once it is answered. */
class AutoCommitTest {
  private static final int ONE = 2;
  private static final int NEXT = 3;
  private static final long SENT = 4;

  private final Story story = new Story();

  private void autoCommit(int process, long offset) {
    Commit commit = new Commit(Story.GROUP, Commit.Mode.AUTO, Map.of(Story.P0, offset), null);
    story.add(process, Stage.OK, Operation.NO_INVOCATION, commit);
  }

  private void told(long offset) {
    Committed none = new Committed(Story.GROUP, Map.of(), null);
    long asked = story.add(NEXT, Stage.INVOKE, Operation.NO_INVOCATION, none);
    story.add(NEXT, Stage.OK, asked, new Committed(Story.GROUP, Map.of(Story.P0, offset), null));
  }

  private int lost() {
    TreeMap<Long, Long> log = new TreeMap<>();
    for (long offset = 0; offset < SENT; offset++) {
      log.put(offset, offset);
    }
    story.finalRead(log, SENT);
    return Story.of(story.judge(-1), AnomalyKind.LOST_COMMIT).size();
  }

  private void send() {
    for (long offset = 0; offset < SENT; offset++) {
      story.send(offset, offset);
    }
  }

  /** Real Kafka, an overloaded machine: 23 was the last commit seen, and 28 was committed. */
  @Test
  void aConsumerThatDiesMayHaveCommittedWhatItReachedSince() {
    send();
    story.start(ONE, Kind.CONSUMER).start(NEXT, Kind.CONSUMER);
    story.poll(ONE, 0, 0, 1, 1);
    autoCommit(ONE, 2);
    story.poll(ONE, 2, 2);
    story.end(ONE, How.CRASHED);
    told(3);
    assertEquals(0, lost());
  }

  @Test
  void alsoWhatItHadReachedBeforeThatAnswer() {
    send();
    story.start(ONE, Kind.CONSUMER).start(NEXT, Kind.CONSUMER);
    story.poll(ONE, 0, 0, 1, 1);
    story.poll(ONE, 2, 2);
    autoCommit(ONE, 2);
    story.end(ONE, How.CRASHED);
    told(3);
    assertEquals(0, lost());
  }

  @Test
  void butNotWhatItNeverReached() {
    send();
    story.start(ONE, Kind.CONSUMER).start(NEXT, Kind.CONSUMER);
    story.poll(ONE, 0, 0, 1, 1);
    autoCommit(ONE, 2);
    story.end(ONE, How.CRASHED);
    told(4);
    assertEquals(1, lost());
  }

  @Test
  void andNotLess() {
    send();
    story.start(ONE, Kind.CONSUMER).start(NEXT, Kind.CONSUMER);
    story.poll(ONE, 0, 0, 1, 1);
    autoCommit(ONE, 2);
    told(1);
    assertEquals(1, lost());
  }

  @Test
  void anotherConsumersEarlierPositionIsNone() {
    send();
    story.start(ONE, Kind.CONSUMER).start(NEXT, Kind.CONSUMER);
    story.poll(ONE, 0, 0, 1, 1, 2, 2);
    story.poll(NEXT, 0, 0, 1, 1);
    autoCommit(NEXT, 2);
    told(3);
    assertEquals(1, lost());
  }

  /** Live, on an overloaded machine: told four seconds after the partition was another's. */
  @Test
  void whatIsToldAfterTheHandOverWasCommittedBefore() {
    handedOver();
    story.poll(NEXT, 1, 1, 2, 2);
    autoCommit(ONE, 1);
    told(3);
    assertEquals(0, lost());
  }

  @Test
  void whoTookOverCommitsNoMoreThanItReached() {
    handedOver();
    story.poll(NEXT, 1, 1);
    autoCommit(ONE, 1);
    told(3);
    assertEquals(1, lost());
  }

  private void handedOver() {
    send();
    story.start(ONE, Kind.CONSUMER).start(NEXT, Kind.CONSUMER);
    story.assigned(ONE, 5);
    story.poll(ONE, 0, 0);
    story.rebalance(ONE, Change.REVOKED, 5);
    story.assigned(NEXT, 6);
  }

  @Test
  void whoCommitsByHandHidesNothing() {
    send();
    story.start(ONE, Kind.CONSUMER).start(NEXT, Kind.CONSUMER);
    story.poll(ONE, 0, 0, 1, 1, 2, 2);
    story.commit(ONE, 2);
    story.end(ONE, How.CRASHED);
    told(3);
    assertEquals(1, lost());
  }
}
