package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action.Leadership;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Nemesis;
import dev.trial.core.history.Action.Node.Change;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A replica that stays out of sync when all is healed: when that proves something. */
class StuckReplicaTest {
  private static final PartitionId OTHER = new PartitionId("orders", 1);
  private static final int LONG_MS = 60_000;
  private static final List<EpochStart> EPOCHS = List.of(new EpochStart(0, 0));

  private Story story = new Story();
  private TreeMap<Long, Long> log = new TreeMap<>();

  private long send(long offset) {
    log.put(offset, 100 + offset);
    return story.send(100 + offset, offset);
  }

  /** Broker 3 crashes at the load and is back when the faults are healed. */
  private void healed(int before, int after) {
    story.elect(1, 0, Election.FIRST, 1, 2, 3);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.node(3, Change.CRASHED);
    for (int i = 0; i < before; i++) {
      send(i);
    }
    story.phase(Name.HEAL);
    story.node(3, Change.UP);
    for (int i = before; i < before + after; i++) {
      send(i);
    }
  }

  private List<Anomaly> found(long end, boolean inSync, boolean elsewhere) {
    lead(OTHER, 2, 2, 3);
    return dumped(end, inSync, elsewhere);
  }

  /** Who leads another partition in the end, and who is in sync there. */
  private void lead(PartitionId partition, int leader, Integer... inSync) {
    story.fact(-1, new Leadership(partition, leader, 0, List.of(inSync), Election.FIRST));
  }

  private List<Anomaly> dumped(long end, boolean inSync, boolean elsewhere) {
    story.finalRead(log, log.size());
    story.phase(Name.DUMP);
    story.dump(1, log, log.size(), EPOCHS);
    story.fact(-1, new ReplicaLog(Story.P0, 3, inSync, 0, end, end, EPOCHS, List.of()));
    story.fact(-1, new ReplicaLog(OTHER, 3, elsewhere, 0, 0, 0, EPOCHS, List.of()));
    return Story.of(story.judge(-1), AnomalyKind.STUCK_REPLICA);
  }

  @Property(tries = 50)
  @Injects(AnomalyKind.STUCK_REPLICA)
  void itHasNotWhatWasAcknowledgedBeforeTheHealing(
      @ForAll @IntRange(min = 1, max = 20) int before,
      @ForAll @IntRange(max = 20) int after,
      @ForAll @IntRange(max = 19) int has) {
    story = new Story();
    log = new TreeMap<>();
    long end = Math.min(has, before - 1);
    healed(before, after);
    story.sleep(LONG_MS);
    Anomaly found = found(end, false, true).get(0);
    assertEquals(List.of(100 + end), found.values());
    assertEquals(List.of(end), found.offsets());
    assertEquals(Cause.UNEXPLAINED, found.cause());
    assertTrue(found.sentence().contains("Replica 3 of orders-0 ends at " + end + ", 60 s after"));
    assertTrue(found.sentence().contains("keeps up in orders-1"), found.sentence());
  }

  /** It may be behind what is still being written. */
  @Test
  void whatCameAfterTheHealingDoesNotCount() {
    healed(5, 5);
    story.sleep(LONG_MS);
    assertEquals(List.of(), found(5, false, true));
  }

  @Test
  void aReplicaInSyncIsAnotherMatter() {
    healed(5, 0);
    story.sleep(LONG_MS);
    assertEquals(List.of(), found(3, true, true));
  }

  /** A broker that is gone stays the leader, or the last in sync, on paper. */
  @Test
  void aBrokerThatFollowsNobodyProvesNothing() {
    healed(5, 0);
    story.sleep(LONG_MS);
    lead(OTHER, 3, 2, 3);
    lead(OTHER, -1, 3);
    assertEquals(List.of(), dumped(3, false, true));
  }

  @Test
  void aReplicaWithoutALeaderHasNobodyToFetchFrom() {
    healed(5, 0);
    story.elect(-1, 0, Election.LEADERLESS, 1);
    story.sleep(LONG_MS);
    assertEquals(List.of(), found(3, false, true));
  }

  /** A reassignment and a new disk begin with an empty log. */
  @Test
  void aReplicaThatBeganAnewMayHaveALotToFetch() {
    healed(5, 0);
    fault(new Fault.Reassignment("orders", 0), null);
    story.sleep(LONG_MS);
    assertEquals(List.of(), found(3, false, true));
  }

  @Test
  void aFaultThatWasUndoneIsOver() {
    healed(5, 0);
    fault(new Fault.Kill(), null);
    story.sleep(LONG_MS + 1_000);
    assertEquals(1, found(3, false, true).size());
  }

  @Test
  void whatCouldNotBeUndoneMayStillBeThere() {
    healed(5, 0);
    fault(new Fault.Kill(), "cannot start broker-3");
    story.sleep(LONG_MS + 1_000);
    assertEquals(List.of(), found(3, false, true));
  }

  @Test
  void norIsACutThatCouldNotBeHealed() {
    healed(5, 0);
    story.fact(-1, new Oracle(Oracle.UNSETTLED, Oracle.NEMESIS, "not everything was healed"));
    story.sleep(LONG_MS);
    assertEquals(List.of(), found(3, false, true));
  }

  private void fault(Fault what, String error) {
    ScheduledFault fault = new ScheduledFault(0, 0, what, new Role.Broker(3));
    story.fact(-1, new Nemesis(fault, List.of("broker-3"), Nemesis.Edge.BEGIN, null));
    story.fact(-1, new Nemesis(fault, List.of("broker-3"), Nemesis.Edge.END, error));
  }

  /** The dumps themselves take time on a live cluster. */
  @Test
  void timeRunsFromTheHealingToTheBeginningOfTheDumps() {
    healed(5, 0);
    story.sleep(LONG_MS - 1_000);
    lead(OTHER, 2, 2, 3);
    story.phase(Name.DUMP);
    story.sleep(LONG_MS);
    assertEquals(List.of(), dumped(3, false, true));
  }

  /** The directory of its deleted namesake may still be there. */
  @Test
  void aTopicMadeAgainIsAnotherTopic() {
    healed(5, 0);
    story.elect(1, 0, Election.FIRST, 1, 2);
    story.sleep(LONG_MS);
    assertEquals(List.of(), found(3, false, true));
  }

  @Test
  void aBrokerInSyncNowhereProvesNothing() {
    healed(5, 0);
    story.sleep(LONG_MS);
    assertEquals(List.of(), found(3, false, false));
  }

  @Test
  void soonAfterTheFaultsItMayStillComeBack() {
    healed(5, 0);
    story.sleep(LONG_MS - 1_000);
    assertEquals(List.of(), found(3, false, true));
  }

  @Test
  void soonAfterItsBrokerCameUpItMayStillComeBack() {
    healed(5, 0);
    story.sleep(LONG_MS);
    story.node(3, Change.UP);
    assertEquals(List.of(), found(3, false, true));
  }

  @Test
  void withoutAHealingThereIsNoEndToWaitFor() {
    story.elect(1, 0, Election.FIRST, 1, 2, 3);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    send(0);
    story.sleep(LONG_MS);
    assertEquals(List.of(), found(0, false, true));
  }
}
