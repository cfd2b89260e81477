package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Node.Change;
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
    story.finalRead(log, log.size());
    List<EpochStart> epochs = List.of(new EpochStart(0, 0));
    story.dump(1, log, log.size(), epochs);
    story.fact(-1, new ReplicaLog(Story.P0, 3, inSync, 0, end, end, epochs, List.of()));
    story.fact(-1, new ReplicaLog(OTHER, 3, elsewhere, 0, 0, 0, epochs, List.of()));
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
    assertTrue(found.sentence().contains("Replica 3 of orders-0 ends at " + end + ", 60 s"));
    assertTrue(found.sentence().contains("in sync in orders-1"), found.sentence());
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

  /** Its broker may not be up yet, or not have what it needs. */
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
