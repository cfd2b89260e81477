package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End.How;
import dev.trial.core.history.Action.Nemesis;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
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

/** A group that nobody works for though a member is there: after healing it is stuck. */
class AbandonedPartitionTest {
  private static final int SESSION_MS = 6_000;

  private final Story story = new Story();
  private Set<AnomalyKind> judged = Set.of(AnomalyKind.STUCK_CONSUMER);

  private void loaded() {
    story.phase(Name.LOAD);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.start(1, Kind.CONSUMER);
    story.start(2, Kind.CONSUMER);
    story.assigned(1, 5);
    story.send(100, 0);
    story.poll(1, 0, 100);
    story.send(101, 1);
    story.rebalance(1, Change.LOST, 5);
  }

  /** In the liveness phase, these poll in vain. */
  private void proven(long livenessMs, int... polling) {
    story.phase(Name.LIVENESS);
    for (int process : polling) {
      story.poll(process);
    }
    story.sleep(livenessMs);
    story.phase(Name.FINAL_READ);
    story.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L)), 2);
  }

  private List<Anomaly> stuck() {
    return Story.of(verdict(), AnomalyKind.STUCK_CONSUMER);
  }

  private Verdict verdict() {
    Rules rules =
        new Rules(
            -1,
            2,
            Set.of(Story.GROUP),
            Map.of(Story.GROUP, "earliest"),
            judged,
            Vacuity.NEVER,
            Map.of(),
            SESSION_MS);
    return Judge.judge(story.history(), rules);
  }

  @Test
  void nobodyOwnsWhatMembersShouldRead() {
    loaded();
    proven(5_000, 1, 2);
    assertEquals(1, stuck().size());
    assertEquals(List.of(101L), stuck().get(0).values());
    assertTrue(stuck().get(0).sentence().startsWith("Nobody of group g owned orders-0"));
  }

  @Test
  void aMemberThatDiedMayStillBeWaitedFor() {
    loaded();
    story.end(2, How.CRASHED);
    proven(5_000, 1);
    assertEquals(List.of(), stuck());
    assertEquals(Validity.UNKNOWN, verdict().validity());
  }

  /** The final reader asks what a group committed for every topic of the run. */
  @Test
  void aTopicTheGroupNeverAskedForIsNoneOfItsBusiness() {
    story.phase(Name.LOAD);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.start(1, Kind.CONSUMER);
    story.fact(1, new Action.Subscribe(Story.GROUP, List.of("other"), List.of()));
    story.send(100, 0);
    story.send(101, 1);
    story.committed(1, -1);
    proven(5_000, 1);
    assertEquals(List.of(), stuck());
    assertEquals(Validity.VALID, verdict().validity());
  }

  @Test
  void aTopicThatMatchesItsPatternIs() {
    story.phase(Name.LOAD);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.start(1, Kind.CONSUMER);
    story.fact(1, new Action.Subscribe(Story.GROUP, List.of("/ord.*/"), List.of()));
    story.send(100, 0);
    story.send(101, 1);
    story.committed(1, -1);
    proven(5_000, 1);
    assertEquals(1, stuck().size());
  }

  @Test
  void butNotForever() {
    loaded();
    story.end(2, How.CRASHED);
    proven(2 * SESSION_MS + 1_000, 1);
    assertEquals(1, stuck().size());
  }

  /** What counts ends when the first member closes: the other may take its time with that. */
  @Test
  void closingTakesItsTime() {
    loaded();
    story.start(3, Kind.CONSUMER);
    story.end(2, How.CRASHED);
    story.phase(Name.LIVENESS);
    story.poll(1);
    story.sleep(SESSION_MS);
    story.fact(3, new Action.Close(null));
    story.sleep(2 * SESSION_MS);
    story.phase(Name.FINAL_READ);
    story.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L)), 2);
    assertEquals(List.of(), stuck());
  }

  /** Whoever closes makes the others take over what nobody had owned for long. */
  @Test
  void whatComesWithTheFirstCloseSaysNothingInItsFavour() {
    loaded();
    story.send(102, 2);
    story.phase(Name.LIVENESS);
    story.poll(1);
    story.poll(2);
    story.sleep(5_000);
    story.fact(1, new Action.Close(null));
    story.assigned(2, 6);
    story.poll(2, 1, 101);
    story.phase(Name.FINAL_READ);
    story.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L, 2L, 102L)), 3);
    assertEquals(1, stuck().size());
    assertTrue(stuck().get(0).sentence().startsWith("Nobody of group g owned orders-0"));
  }

  /** Seen in simulation, and so written in Kafka 4.3.1: the rebalance was in memory only. */
  @Test
  void aCoordinatorThatDiesOnTheWayBackToClassicExplainsIt() {
    Role coordinator = new Role.GroupCoordinator(Story.GROUP);
    assertEquals(Cause.DOWNGRADE_CUT_SHORT, causeAfter("consumer", coordinator, "classic"));
    assertEquals(Cause.UNEXPLAINED, causeAfter("consumer", null, "classic"));
    assertEquals(Cause.UNEXPLAINED, causeAfter("classic", coordinator, "classic"));
    assertEquals(Cause.UNEXPLAINED, causeAfter("classic", coordinator, "consumer"));
  }

  @Test
  void anyOtherBrokerThatDiesDoesNot() {
    Role other = new Role.GroupCoordinator("another");
    assertEquals(Cause.UNEXPLAINED, causeAfter("consumer", other, "classic"));
    Role leader = new Role.Leader("orders", 0);
    assertEquals(Cause.UNEXPLAINED, causeAfter("consumer", leader, "classic"));
  }

  private Cause causeAfter(String before, Role killed, String after) {
    story.beginAnew();
    loaded();
    described(before);
    if (killed == null) {
      described(after);
    } else {
      ScheduledFault kill = new ScheduledFault(0, 1_000, new Fault.Kill(), killed);
      story.fact(-1, new Nemesis(kill, List.of("broker-2"), Nemesis.Edge.BEGIN, null));
      story.node(2, Action.Node.Change.CRASHED);
      described(after);
      story.fact(-1, new Nemesis(kill, List.of("broker-2"), Nemesis.Edge.END, null));
    }
    proven(2 * SESSION_MS + 1_000, 1, 2);
    return stuck().get(0).cause();
  }

  private void described(String type) {
    boolean classic = type.equals("classic");
    Action.Described told =
        new Action.Described(Story.GROUP, type, "Stable", classic ? 3 : 2, classic ? 0 : 1, null);
    long invoked = story.add(8, Stage.INVOKE, -1, told);
    story.add(8, Stage.OK, invoked, told);
  }

  /** Producers leave first, and consumers drain what they sent. */
  @Test
  void itDoesNotEndWhenProducersClose() {
    loaded();
    story.start(50, Kind.PRODUCER);
    story.phase(Name.LIVENESS);
    story.fact(50, new Action.Close(null));
    story.poll(1);
    story.sleep(5_000);
    story.phase(Name.FINAL_READ);
    story.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L)), 2);
    assertEquals(1, stuck().size());
  }

  /** An owner that polls in vain until it closes: its close says nothing in its favour. */
  @Test
  void anOwnerThatAsksInVainIsStuck() {
    ownedUntilItCloses();
    story.sleep(2 * SESSION_MS + 1_000);
    story.poll(2);
    closed();
    assertEquals(1, stuck().size());
    assertTrue(stuck().get(0).sentence().startsWith("client-2 owned orders-0 after the faults"));
  }

  @Test
  void anOwnerThatHadLittleTimeShowsNothing() {
    ownedUntilItCloses();
    story.sleep(SESSION_MS);
    story.poll(2);
    closed();
    assertEquals(List.of(), stuck());
    assertEquals(Validity.UNKNOWN, verdict().validity());
  }

  /** It may take its time over what it got before. */
  @Test
  void anOwnerThatDoesNotAskShowsNothing() {
    ownedUntilItCloses();
    story.poll(2);
    story.sleep(2 * SESSION_MS + 1_000);
    closed();
    assertEquals(List.of(), stuck());
    assertEquals(Validity.UNKNOWN, verdict().validity());
  }

  @Test
  void whatIsNotJudgedIsNotUnknown() {
    ownedUntilItCloses();
    story.poll(2);
    closed();
    judged = Set.of(AnomalyKind.DUPLICATE);
    assertEquals(Validity.VALID, verdict().validity());
  }

  private void ownedUntilItCloses() {
    loaded();
    story.assigned(2, 6);
    story.end(1, How.CLOSED);
    story.phase(Name.LIVENESS);
  }

  private void closed() {
    story.fact(2, new Action.Close(null));
    story.rebalance(2, Change.REVOKED, 6);
    story.end(2, How.CLOSED);
    story.phase(Name.FINAL_READ);
    story.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L)), 2);
  }

  /** Members that closed their consumers and are away. */
  @Test
  void whoDoesNotPollIsNoMember() {
    loaded();
    proven(20_000);
    assertEquals(List.of(), stuck());
  }

  @Test
  void anOwnerThatComesLateIsOne() {
    loaded();
    story.phase(Name.LIVENESS);
    story.sleep(4_000);
    story.assigned(2, 6);
    story.phase(Name.FINAL_READ);
    story.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L)), 2);
    assertEquals(List.of(), stuck());
  }

  @Test
  void aGroupWithoutMembersOwesNothing() {
    loaded();
    story.end(1, How.CLOSED);
    story.end(2, How.CLOSED);
    proven(20_000);
    assertEquals(List.of(), stuck());
  }
}
