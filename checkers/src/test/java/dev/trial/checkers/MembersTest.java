package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.End.How;
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
import org.junit.jupiter.api.Test;

/** Members that overlap, hand work over, or come back under their group.instance.id. */
class MembersTest {
  private static final int ONE = 2;
  private static final int OTHER = 3;
  private static final int BACK = 4;
  private static final long SESSION_MS = 6_000;
  private static final PartitionId P1 = new PartitionId("orders", 1);

  private final Story story = new Story();

  private long begin(int process, long offset) {
    return story.add(process, Stage.INVOKE, -1, commitOf(offset));
  }

  private void end(int process, long invocation, long offset) {
    story.add(process, Stage.OK, invocation, commitOf(offset));
  }

  private static Commit commitOf(long offset) {
    return new Commit(Story.GROUP, Commit.Mode.SYNC, Map.of(Story.P0, offset), null);
  }

  private List<Anomaly> found(AnomalyKind kind) {
    return Story.of(story.judge(-1), kind);
  }

  /** A member is paused while its commit is answered, and reads the answer long after. */
  @Test
  void anAnswerThatIsReadLateIsNoRegression() {
    story.start(ONE, Kind.CONSUMER).start(OTHER, Kind.CONSUMER);
    long early = begin(ONE, 82);
    story.commit(OTHER, 130);
    story.commit(OTHER, 137);
    end(ONE, early, 82);
    assertEquals(List.of(), found(AnomalyKind.COMMIT_REGRESSION));
  }

  @Test
  void aCommitThatBeganAfterAHigherOneWasOverIsARegression() {
    story.start(ONE, Kind.CONSUMER).start(OTHER, Kind.CONSUMER);
    long overlapping = begin(ONE, 50);
    story.commit(OTHER, 130);
    story.commit(OTHER, 82);
    end(ONE, overlapping, 50);
    List<Anomaly> found = found(AnomalyKind.COMMIT_REGRESSION);
    assertEquals(1, found.size());
    assertEquals(List.of(130L, 82L), found.get(0).offsets());
  }

  /** Asynchronous commits of one process, the second a retry of an old one. */
  @Test
  void commitsOfOneProcessAreServedInOrder() {
    story.start(ONE, Kind.CONSUMER);
    long newer = begin(ONE, 115);
    long retried = begin(ONE, 105);
    end(ONE, newer, 115);
    end(ONE, retried, 105);
    List<Anomaly> found = found(AnomalyKind.COMMIT_REGRESSION);
    assertEquals(1, found.size());
    assertEquals(List.of(115L, 105L), found.get(0).offsets());
  }

  @Test
  void workHandedOverCountsFromWhereItWasGiven() {
    story.start(ONE, Kind.CONSUMER);
    story.assigned(ONE, 1);
    story.poll(ONE, 0, 100);
    story.rebalance(ONE, Change.REVOKED, 1);
    story.assigned(ONE, 2);
    long first = story.process(ONE, 0, 100);
    story.poll(ONE, 0, 100);
    long again = story.process(ONE, 0, 100);
    List<Anomaly> found = found(AnomalyKind.DUPLICATE_PROCESSING);
    assertEquals(1, found.size());
    assertEquals(Cause.LAST_RECORD, found.get(0).cause());
    assertTrue(found.get(0).operations().containsAll(List.of(first, again)));
  }

  /** The queue still held records of the last ownership when the partition was given again. */
  @Test
  void workLeftInAQueueCountsFromWhereItWasGiven() {
    story.start(ONE, Kind.CONSUMER).start(OTHER, Kind.CONSUMER);
    story.assigned(OTHER, 1);
    story.poll(OTHER, 0, 100);
    story.process(OTHER, 0, 100);
    story.end(OTHER, How.CRASHED);
    story.assigned(ONE, 2);
    story.poll(ONE, 0, 100, 1, 101);
    story.commit(ONE, 2);
    story.rebalance(ONE, Change.REVOKED, 2);
    story.assigned(ONE, 3);
    story.committed(ONE, 2);
    story.process(ONE, 0, 100);
    List<Anomaly> found = found(AnomalyKind.DUPLICATE_PROCESSING);
    assertEquals(Cause.LAST_RECORD, found.get(0).cause());
  }

  @Test
  void workDoneTwiceForOneDeliveryHasNoExcuse() {
    story.start(ONE, Kind.CONSUMER);
    story.assigned(ONE, 1);
    story.poll(ONE, 0, 100);
    story.process(ONE, 0, 100);
    story.process(ONE, 0, 100);
    story.finalRead(new TreeMap<>(Map.of(0L, 100L)), 1);
    List<Anomaly> found = found(AnomalyKind.DUPLICATE_PROCESSING);
    assertEquals(Cause.UNEXPLAINED, found.get(0).cause());
  }

  // ---- static members

  private void member(int process, String instance) {
    story.fact(
        process,
        new Action.Start(
            "client-" + instance,
            0,
            Kind.CONSUMER,
            Map.of(
                "group.id",
                Story.GROUP,
                "group.instance.id",
                instance,
                "session.timeout.ms",
                String.valueOf(SESSION_MS))));
  }

  private long given(int process, int generation, PartitionId... partitions) {
    return story.fact(
        process,
        new Action.Rebalance(
            Story.GROUP, Change.ASSIGNED, List.of(partitions), generation, "m-" + process));
  }

  private void oneIsGoneFor(long ms, PartitionId taken) {
    member(ONE, "one");
    member(OTHER, "other");
    given(ONE, 1, Story.P0);
    given(OTHER, 1, P1);
    story.end(ONE, How.CRASHED);
    story.sleep(ms);
    given(OTHER, 2, P1, taken);
    member(BACK, "one");
    given(BACK, 3, Story.P0);
  }

  @Test
  void aStaticMemberBackInTimeFindsWhatItHad() {
    oneIsGoneFor(1_000, Story.P0);
    assertEquals(1, found(AnomalyKind.NEEDLESS_REBALANCE).size());
  }

  @Test
  void aStaticMemberBackTooLateDoesNot() {
    oneIsGoneFor(SESSION_MS, Story.P0);
    assertEquals(List.of(), found(AnomalyKind.NEEDLESS_REBALANCE));
  }

  private void twins(long bothMs) {
    member(ONE, "one");
    given(ONE, 1, Story.P0);
    member(OTHER, "one");
    given(OTHER, 1, Story.P0);
    story.sleep(bothMs);
    story.end(ONE, How.CLOSED);
  }

  @Test
  void aTwinIsFencedAtItsNextHeartbeat() {
    twins(1_500);
    assertEquals(List.of(), found(AnomalyKind.OWNERSHIP_OVERLAP));
  }

  @Test
  void aTwinThatIsNotFencedOwnsWhatAnotherOwns() {
    twins(SESSION_MS);
    assertEquals(1, found(AnomalyKind.OWNERSHIP_OVERLAP).size());
  }

  // ---- keys

  /** Two records of one key in two partitions; {@code asked} is what the producer asked for. */
  private List<Anomaly> splitKey(int asked) {
    story.start(Story.PRODUCER, Kind.PRODUCER);
    for (int partition = 0; partition < 2; partition++) {
      int value = 3 + 3 * partition;
      Action.Send send = new Action.Send(value, "k0", "orders", asked, -1, null);
      Action.Send stored = new Action.Send(value, "k0", "orders", partition, 0, null);
      long invoked = story.add(Story.PRODUCER, Stage.INVOKE, Operation.NO_INVOCATION, send);
      story.add(Story.PRODUCER, Stage.OK, invoked, stored);
    }
    return found(AnomalyKind.KEY_SPLIT);
  }

  @Test
  void aKeyIsInOnePartition() {
    assertEquals(1, splitKey(-1).size());
  }

  @Test
  void whoeverNamesThePartitionMaySplitAKey() {
    assertEquals(List.of(), splitKey(1));
  }
}
