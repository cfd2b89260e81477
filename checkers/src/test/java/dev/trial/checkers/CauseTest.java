package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Node.Change;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A value acknowledged at offset 1 gives way to another one: which cause does the history prove?
 */
class CauseTest {

  private final Story story = new Story();
  private long ack;
  private long election;

  private void before(Integer... inSync) {
    story.phase(Name.LOAD);
    story.elect(1, 1, Election.FIRST, 1, 2, 3);
    story.elect(1, 1, Election.SAME, inSync);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.send(100, 0);
    ack = story.send(101, 1);
  }

  private Anomaly after(int leader, Election how, int acks) {
    election = story.elect(leader, 2, how, leader);
    story.send(102, 1);
    TreeMap<Long, Long> log = new TreeMap<>(Map.of(0L, 100L, 1L, 102L));
    story.finalRead(log, 2);
    story.dump(leader, log, 2, List.of(new EpochStart(1, 0), new EpochStart(2, 1)));
    Verdict verdict = story.judge(acks);
    Anomaly lost = Story.of(verdict, AnomalyKind.LOST_WRITE).get(0);
    assertEquals(List.of(101L), lost.values());
    assertTrue(lost.operations().contains(ack), lost.toString());
    return lost;
  }

  @Test
  void cleanElectionTruncatesWhatTheLeaderAloneHad() {
    before(1, 2, 3);
    Anomaly lost = after(2, Election.CLEAN, 1);
    assertEquals(Cause.TRUNCATED_BY_CLEAN_ELECTION, lost.cause());
    assertTrue(lost.operations().contains(election));
    assertEquals(
        "Value 101 (key k2) was acknowledged at orders-0@1 by leader epoch 1 and is not in the"
            + " final log, which ends at 2: the replica elected for epoch 2 had a log that ended"
            + " at 1: it was truncated.",
        lost.sentence());
  }

  @Test
  void itsConsequencesAreToldApart() {
    before(1, 2, 3);
    after(2, Election.CLEAN, 1);
    for (Anomaly each : story.judge(1).anomalies()) {
      boolean loss = each.kind() == AnomalyKind.LOST_WRITE;
      Cause expected = loss ? Cause.TRUNCATED_BY_CLEAN_ELECTION : Cause.CONSEQUENCE_OF_TRUNCATION;
      assertEquals(expected, each.cause(), each.toString());
    }
  }

  @Test
  void acksAllHasNoSuchExcuse() {
    before(1, 2, 3);
    assertEquals(Cause.UNEXPLAINED, after(2, Election.CLEAN, -1).cause());
  }

  @Test
  void nothingBelowTheElectedReplicasEndIsExplained() {
    before(1, 2, 3);
    story.elect(2, 2, Election.CLEAN, 2, 3);
    TreeMap<Long, Long> log = new TreeMap<>(Map.of(0L, 100L, 2L, 103L));
    story.send(103, 2);
    story.finalRead(log, 3);
    story.dump(2, log, 3, List.of(new EpochStart(1, 0), new EpochStart(2, 2)));
    Anomaly lost = Story.of(story.judge(1), AnomalyKind.LOST_WRITE).get(0);
    assertEquals(Cause.UNEXPLAINED, lost.cause());
  }

  @Test
  void uncleanElection() {
    before(1, 2);
    assertEquals(Cause.UNCLEAN_ELECTION, after(3, Election.UNCLEAN, -1).cause());
  }

  @Test
  void lastKnownLeader() {
    before(1);
    assertEquals(Cause.UNCLEAN_ELECTION, after(3, Election.LAST_KNOWN, -1).cause());
  }

  @Test
  void anEligibleLeaderNeedNotHaveWhatTheLeaderAloneHad() {
    before(1);
    assertEquals(Cause.ELIGIBLE_LEADER_ELECTION, after(3, Election.ELIGIBLE, 1).cause());
  }

  @Test
  void anEligibleLeaderMustHaveWhatWasCommitted() {
    before(1, 2);
    assertEquals(Cause.UNEXPLAINED, after(3, Election.ELIGIBLE, -1).cause());
  }

  @Test
  void powerLossOfEveryInSyncReplica() {
    before(1, 2, 3);
    for (int broker = 1; broker <= 3; broker++) {
      story.node(broker, Change.LOST_POWER);
    }
    assertEquals(Cause.POWER_LOSS, after(2, Election.CLEAN, -1).cause());
  }

  /**
   * The send is on its way when all brokers lose power, is stored after it, and lost by the next.
   */
  @Test
  void underWayInOnePowerLossAndLostInTheNext() {
    story.elect(1, 1, Election.FIRST, 1, 2);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    powerLoss();
    long invoked = story.invoke(101);
    story.elect(1, 2, Election.CLEAN, 1);
    story.elect(1, 2, Election.SAME, 1, 2);
    story.complete(invoked, Stage.OK, 1);
    powerLoss();
    story.elect(2, 3, Election.CLEAN, 2);
    TreeMap<Long, Long> log = new TreeMap<>(Map.of(0L, 102L, 1L, 103L));
    story.send(102, 0);
    story.send(103, 1);
    story.finalRead(log, 2);
    story.dump(2, log, 2, List.of(new EpochStart(3, 0)));
    Anomaly lost = Story.of(story.judge(-1), AnomalyKind.LOST_WRITE).get(0);
    assertEquals(Cause.POWER_LOSS, lost.cause());
  }

  private void powerLoss() {
    story.node(1, Change.LOST_POWER);
    story.node(2, Change.LOST_POWER);
    story.node(1, Change.UP);
    story.node(2, Change.UP);
  }

  /** The election while it was under way is its own leader's; a later one is to blame. */
  @Test
  void storedByTheNewLeaderAndLostToTheNextUncleanOne() {
    story.elect(1, 1, Election.FIRST, 1, 2, 3);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    long invoked = story.invoke(101);
    story.elect(2, 2, Election.CLEAN, 2, 3);
    story.complete(invoked, Stage.OK, 1);
    long unclean = story.elect(1, 3, Election.UNCLEAN, 1);
    TreeMap<Long, Long> log = new TreeMap<>(Map.of(0L, 102L, 1L, 103L));
    story.send(102, 0);
    story.send(103, 1);
    story.finalRead(log, 2);
    story.dump(1, log, 2, List.of(new EpochStart(3, 0)));
    Anomaly lost = Story.of(story.judge(-1), AnomalyKind.LOST_WRITE).get(0);
    assertEquals(Cause.UNCLEAN_ELECTION, lost.cause());
    assertTrue(lost.operations().contains(unclean));
  }

  /** The elected replica's log is as long, but of an epoch before the value's. */
  @Test
  void anUncleanElectionOfALogThatWentAnotherWay() {
    story.elect(1, 1, Election.FIRST, 1, 2, 3);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.send(90, 0);
    story.send(91, 1);
    story.elect(1, 2, Election.CLEAN, 1, 2);
    ack = story.send(101, 1);
    story.elect(3, 3, Election.UNCLEAN, 3);
    story.send(103, 2);
    TreeMap<Long, Long> log = new TreeMap<>(Map.of(0L, 90L, 1L, 91L, 2L, 103L));
    story.finalRead(log, 3);
    story.dump(3, log, 3, List.of(new EpochStart(1, 0), new EpochStart(3, 2)));
    Anomaly lost = Story.of(story.judge(-1), AnomalyKind.LOST_WRITE).get(0);
    assertTrue(lost.operations().contains(ack));
    assertEquals(Cause.UNCLEAN_ELECTION, lost.cause());
  }

  /** The answer to the poll was on the wire when the brokers lost power. */
  @Test
  void readWhileThePowerWasGoing() {
    assertEquals(Cause.POWER_LOSS, readAroundAPowerLoss(false).cause());
  }

  @Test
  void readAfterTheBrokersWereBackAndLostLater() {
    assertEquals(Cause.UNEXPLAINED, readAroundAPowerLoss(true).cause());
  }

  private Anomaly readAroundAPowerLoss(boolean backBefore) {
    story.elect(1, 1, Election.FIRST, 1, 2);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.start(2, Kind.CONSUMER);
    long invoked = story.invoke(101);
    story.node(1, Change.LOST_POWER);
    story.node(2, Change.LOST_POWER);
    if (backBefore) {
      story.node(1, Change.UP);
      story.node(2, Change.UP);
    }
    story.poll(2, 1, 101);
    story.complete(invoked, Stage.INFO, -1);
    story.node(1, Change.UP);
    story.node(2, Change.UP);
    story.elect(2, 2, Election.CLEAN, 2);
    TreeMap<Long, Long> log = new TreeMap<>(Map.of(0L, 102L, 1L, 103L));
    story.send(102, 0);
    story.send(103, 1);
    story.finalRead(log, 2);
    story.dump(2, log, 2, List.of(new EpochStart(2, 0)));
    return Story.of(story.judge(-1), AnomalyKind.READ_THEN_LOST).get(0);
  }

  @Test
  void aPowerLossBeforeTheSendExplainsNothing() {
    story.elect(1, 1, Election.FIRST, 1, 2);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    powerLoss();
    story.send(101, 1);
    story.elect(2, 2, Election.CLEAN, 2);
    TreeMap<Long, Long> log = new TreeMap<>(Map.of(0L, 102L, 1L, 103L));
    story.send(102, 0);
    story.send(103, 1);
    story.finalRead(log, 2);
    story.dump(2, log, 2, List.of(new EpochStart(2, 0)));
    Anomaly lost = Story.of(story.judge(-1), AnomalyKind.LOST_WRITE).get(0);
    assertEquals(Cause.UNEXPLAINED, lost.cause());
  }

  @Test
  void inSyncSetOfOne() {
    before(1);
    assertEquals(Cause.IN_SYNC_SET_OF_ONE, after(2, Election.CLEAN, -1).cause());
  }

  @Test
  void aReplicaThatCameBackInSyncHasNoExcuse() {
    before(1);
    story.elect(1, 1, Election.SAME, 1, 2);
    assertEquals(Cause.UNEXPLAINED, after(2, Election.CLEAN, -1).cause());
  }

  @Test
  void acksZeroPromisesNothing() {
    story.phase(Name.LOAD);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.send(100, -1);
    story.finalRead(new TreeMap<>(), 0);
    Anomaly lost = story.judge(0).anomalies().get(0);
    assertEquals(Cause.NOT_ACKNOWLEDGED, lost.cause());
  }

  @Test
  void aDeposedLeaderThatLivedOnMayStillAcknowledge() {
    story.elect(1, 1, Election.FIRST, 1, 2, 3);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.send(100, 0);
    election = story.elect(2, 2, Election.CLEAN, 2, 3);
    ack = story.send(101, 1);
    TreeMap<Long, Long> log = new TreeMap<>(Map.of(0L, 100L, 1L, 102L));
    story.send(102, 1);
    story.finalRead(log, 2);
    story.dump(2, log, 2, List.of(new EpochStart(1, 0), new EpochStart(2, 1)));
    Anomaly lost = Story.of(story.judge(1), AnomalyKind.LOST_WRITE).get(0);
    assertEquals(Cause.TRUNCATED_BY_CLEAN_ELECTION, lost.cause());
    assertEquals(
        Cause.UNEXPLAINED, Story.of(story.judge(-1), AnomalyKind.LOST_WRITE).get(0).cause());
  }

  /** What a leader finds in its sockets when it goes on, it serves before it hears of anything. */
  @Test
  void soMayOneThatStoodStillAndWentOnBeforeItAcknowledged() {
    assertEquals(Cause.TRUNCATED_BY_CLEAN_ELECTION, acknowledgedByOneThatStoodStill(true));
  }

  @Test
  void oneThatStoodStillAllTheTimeAcknowledgedNothing() {
    assertEquals(Cause.UNEXPLAINED, acknowledgedByOneThatStoodStill(false));
  }

  private Cause acknowledgedByOneThatStoodStill(boolean wentOn) {
    story.elect(1, 1, Election.FIRST, 1, 2, 3);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.send(100, 0);
    story.node(1, Change.PAUSED);
    story.elect(2, 2, Election.CLEAN, 2, 3);
    long invoked = story.invoke(101);
    if (wentOn) {
      story.node(1, Change.RESUMED);
    }
    story.complete(invoked, Stage.OK, 1);
    TreeMap<Long, Long> log = new TreeMap<>(Map.of(0L, 100L, 1L, 102L));
    story.send(102, 1);
    story.finalRead(log, 2);
    story.dump(2, log, 2, List.of(new EpochStart(1, 0), new EpochStart(2, 1)));
    return Story.of(story.judge(1), AnomalyKind.LOST_WRITE).get(0).cause();
  }

  @Test
  void withoutProofOfTheEndNobodyKnows() {
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.send(100, 0);
    Verdict verdict = story.judge(-1);
    assertEquals(Map.of(), verdict.counts());
    assertEquals(Validity.UNKNOWN, verdict.validity());
  }

  @Test
  void whatIsNotJudgedIsOnlyCounted() {
    before(1, 2, 3);
    after(2, Election.CLEAN, 1);
    Rules rules = new Rules(1, 1, Set.of(), Map.of(), Set.of(AnomalyKind.DUPLICATE), Vacuity.NEVER);
    Verdict verdict = Judge.judge(story.history(), rules);
    assertEquals(Validity.VALID, verdict.validity());
    assertEquals(1L, verdict.findings().get(0).statistics().get("not-judged.lost-write"));
  }

  @Test
  void unavailabilityIsJudgedOnlyWhereNamed() {
    story.start(Story.PRODUCER, Kind.PRODUCER);
    long invoked = story.invoke(100);
    while (story.operations.size() < 2000) {
      story.poll(10);
    }
    story.complete(invoked, Stage.INFO, -1);
    story.finalRead(new TreeMap<>(), 0);
    assertEquals(List.of(), story.judge(-1).anomalies());
    Rules rules =
        new Rules(-1, 2, Set.of(), Map.of(), Set.of(AnomalyKind.UNAVAILABLE), Vacuity.NEVER);
    Verdict verdict = Judge.judge(story.history(), rules);
    assertEquals(Map.of("unavailable", 1), verdict.counts());
  }

  @Test
  void whatIsInFlightWhenADeliveryTimesOutMayBeStoredTwice() {
    producing();
    long other = story.invoke(100);
    long sent = story.invoke(101);
    story.complete(other, Stage.INFO, -1);
    story.complete(sent, Stage.OK, 0);
    assertEquals(Cause.DELIVERY_TIMEOUT, storedTwice(101));
  }

  @Test
  void whatTimedOutItselfMayBeStoredTwice() {
    producing();
    story.complete(story.invoke(101), Stage.INFO, -1);
    assertEquals(Cause.DELIVERY_TIMEOUT, storedTwice(101));
  }

  @Test
  void anEarlierTimeoutExcusesNoDuplicate() {
    producing();
    story.complete(story.invoke(100), Stage.INFO, -1);
    story.send(101, 0);
    assertEquals(Cause.UNEXPLAINED, storedTwice(101));
  }

  @Test
  void aLaterTimeoutExcusesNoDuplicate() {
    producing();
    long other = story.invoke(100);
    story.send(101, 0);
    story.complete(other, Stage.INFO, -1);
    assertEquals(Cause.UNEXPLAINED, storedTwice(101));
  }

  /** Kafka 4.4.0, stopped cleanly as the only replica in sync. */
  @Test
  void soDoesALeaderThatWasStopped() {
    producing();
    long sent = story.invoke(101);
    story.node(1, Change.STOPPED);
    story.node(1, Change.UP);
    story.elect(1, 2, Election.LAST_KNOWN, 1);
    story.complete(sent, Stage.OK, 0);
    assertEquals(Cause.LEADER_RESTARTED, storedTwice(101));
  }

  @Test
  void aLeaderThatCameBackKnowsOneBatchOfEachProducer() {
    producing();
    long sent = story.invoke(101);
    story.node(1, Change.CRASHED);
    story.node(1, Change.UP);
    story.elect(1, 2, Election.LAST_KNOWN, 1);
    story.complete(sent, Stage.OK, 0);
    assertEquals(Cause.LEADER_RESTARTED, storedTwice(101));
  }

  @Test
  void anotherLeaderKnowsThemAll() {
    producing();
    long sent = story.invoke(101);
    story.node(1, Change.CRASHED);
    story.elect(2, 2, Election.CLEAN, 2, 3);
    story.complete(sent, Stage.OK, 0);
    assertEquals(Cause.UNEXPLAINED, storedTwice(101));
  }

  @Test
  void aLeaderThatCameBackBeforeTheSendIsNoExcuse() {
    producing();
    story.node(1, Change.CRASHED);
    story.elect(1, 2, Election.LAST_KNOWN, 1);
    story.send(101, 0);
    assertEquals(Cause.UNEXPLAINED, storedTwice(101));
  }

  /** Kafka 4.3.1: sequence 0 was on its way to the old leader, 60 and 61 met the new one. */
  @Test
  void aLeaderThatNeverHeardOfAProducerTakesItsLaterBatchFirst() {
    assertEquals(Cause.FIRST_BATCH_OVERTAKEN, overtaking(true, 101, 100, 101));
  }

  @Test
  void withOneLeaderNoBatchIsOvertaken() {
    assertEquals(Cause.UNEXPLAINED, overtaking(false, 101, 100, 101));
  }

  @Test
  void whatIsStoredInOrderWasNotOvertaken() {
    assertEquals(Cause.UNEXPLAINED, overtaking(true, 100, 101, 101));
  }

  private Cause overtaking(boolean leaderChanges, long... values) {
    producing();
    long first = story.invoke(100);
    long later = story.invoke(101);
    if (leaderChanges) {
      story.elect(2, 2, Election.CLEAN, 2, 3);
    }
    story.complete(first, Stage.OK, values[0] == 100 ? 0 : 1);
    story.complete(later, Stage.OK, 2);
    TreeMap<Long, Long> log = new TreeMap<>();
    for (long value : values) {
      log.put((long) log.size(), value);
    }
    return storedTwice(log, leaderChanges ? 2 : 1);
  }

  private void producing() {
    story.phase(Name.LOAD);
    story.elect(1, 1, Election.FIRST, 1, 2, 3);
    story.start(Story.PRODUCER, Kind.PRODUCER);
  }

  private Cause storedTwice(long value) {
    return storedTwice(new TreeMap<>(Map.of(0L, value, 1L, value)), 1);
  }

  private Cause storedTwice(TreeMap<Long, Long> log, int epoch) {
    story.finalRead(log, log.size());
    story.dump(1, log, log.size(), List.of(new EpochStart(epoch, 0)));
    List<Anomaly> found = Story.of(story.judge(-1), AnomalyKind.DUPLICATE);
    assertEquals(1, found.size(), found.toString());
    return found.get(0).cause();
  }
}
