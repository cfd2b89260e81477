package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Member 1 has the partition since epoch 5 when member 2 is given it in epoch 6 (KIP-848). */
class TwoOwnersTest {
  private static final int SESSION_MS = 6_000;

  private final Story story = new Story();
  private long first;
  private long second;

  private void bothOwn() {
    story.start(1, Kind.CONSUMER);
    story.start(2, Kind.CONSUMER);
    for (long value = 100; value < 104; value++) {
      story.send(value, value - 100);
    }
    first = story.assigned(1, 5);
    story.poll(1, 0, 100);
    second = story.assigned(2, 6);
  }

  private List<Anomaly> overlaps() {
    Rules rules =
        new Rules(
            -1,
            2,
            Set.of(Story.GROUP),
            Map.of(Story.GROUP, "earliest"),
            Set.of(AnomalyKind.OWNERSHIP_OVERLAP),
            Vacuity.NEVER,
            Map.of(),
            SESSION_MS);
    return Story.of(Judge.judge(story.history(), rules), AnomalyKind.OWNERSHIP_OVERLAP);
  }

  @Test
  void aCommitThatWasAcceptedProvesTheFirstIsStillAMember() {
    bothOwn();
    long commit = story.commit(1, 1);
    story.rebalance(1, Change.LOST, 5);
    assertEquals(1, overlaps().size());
    assertEquals(List.of(first, second, commit - 1, commit), overlaps().get(0).operations());
  }

  @Test
  void soDoesACommitInTheCallbackBeforeThePartitionIsGivenUp() {
    bothOwn();
    long poll = story.add(1, Stage.INVOKE, -1, new Action.Poll(List.of(), null));
    story.rebalance(1, Change.REVOKED, 5);
    story.commit(1, 1);
    story.add(1, Stage.OK, poll, new Action.Poll(List.of(), null));
    assertEquals(1, overlaps().size());
  }

  @Test
  void laterItMayCommitWhatItLikes() {
    bothOwn();
    long poll = story.add(1, Stage.INVOKE, -1, new Action.Poll(List.of(), null));
    story.rebalance(1, Change.REVOKED, 5);
    story.add(1, Stage.OK, poll, new Action.Poll(List.of(), null));
    story.commit(1, 1);
    assertEquals(List.of(), overlaps());
  }

  @Test
  void aRefusedCommitProvesNothing() {
    bothOwn();
    story.commit(1, 1, Stage.INFO);
    story.rebalance(1, Change.LOST, 5);
    assertEquals(List.of(), overlaps());
  }

  @Test
  void whoReadsOnThroughAWholeSessionWasNeverToldThatItIsOut() {
    bothOwn();
    story.sleep(SESSION_MS + 100);
    long poll = story.poll(1, 1, 101);
    List<Anomaly> overlaps = overlaps();
    assertEquals(1, overlaps.size());
    assertTrue(overlaps.get(0).operations().contains(poll));
    assertEquals(List.of(101L), overlaps.get(0).values());
  }

  @Test
  void aZombieThatIsToldInTimeIsNone() {
    bothOwn();
    story.sleep(SESSION_MS - 100);
    story.poll(1, 1, 101);
    story.rebalance(1, Change.LOST, 5);
    story.sleep(SESSION_MS);
    story.poll(2, 1, 101);
    assertEquals(List.of(), overlaps());
  }

  /** It stood still between the answer of its rebalance and the callback. */
  @Test
  void whoHearsLateOfAnOlderEpochIsTheZombie() {
    story.start(1, Kind.CONSUMER);
    story.start(2, Kind.CONSUMER);
    story.send(100, 0);
    story.assigned(1, 6);
    story.poll(1, 0, 100);
    story.assigned(2, 5);
    story.commit(1, 1);
    story.rebalance(2, Change.LOST, 5);
    assertEquals(List.of(), overlaps());
  }
}
