package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action.Leadership;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Nemesis;
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
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A batch whose base offset was flipped: the log of its replica has a hole, and leads. */
final class FlippedBitTest {
  private static final List<EpochStart> EPOCHS = List.of(new EpochStart(1, 0));

  private final Story story = new Story();
  private final TreeMap<Long, Long> whole = new TreeMap<>(Map.of(0L, 100L, 1L, 101L, 2L, 102L));
  private final TreeMap<Long, Long> holed = new TreeMap<>(Map.of(0L, 100L, 2L, 102L));

  @Test
  void aHoleOfTheReplicaWhoseBitWasFlippedIsExplained() {
    flip(2);
    assertEquals(Cause.BIT_FLIPPED, lost(whole));
  }

  @Test
  void soIsTheRecordThatTheMovedBatchTookThePlaceOf() {
    flip(2);
    holed.put(1L, 90L);
    assertEquals(Cause.BIT_FLIPPED, lost(whole));
  }

  @Test
  void aHoleOfAnotherReplicaIsNot() {
    flip(1);
    assertEquals(Cause.UNEXPLAINED, lost(whole));
  }

  @Test
  void whatNoReplicaHasWasNotTakenByABit() {
    flip(2);
    assertEquals(Cause.UNEXPLAINED, lost(holed));
  }

  @Test
  void whatAReplicaRefusesAfterABitWasFlippedIsExplained() {
    flip(1);
    assertEquals(Cause.BIT_FLIPPED, refused(Oracle.FETCHED_BATCH));
  }

  @Test
  void whatItRefusesOfAClientIsNot() {
    flip(1);
    assertEquals(Cause.UNEXPLAINED, refused(Oracle.PRODUCED_BATCH));
  }

  @Test
  void norIsWhatItRefusedBefore() {
    Cause cause = refused(Oracle.FETCHED_BATCH);
    flip(1);
    assertEquals(Cause.UNEXPLAINED, cause);
  }

  /** Batches that begin elsewhere do not follow on one another, whoever has them. */
  @Test
  void soIsAReplicaThatNeverComesBack() {
    flip(1);
    assertEquals(Cause.BIT_FLIPPED, stuck());
  }

  @Test
  void withoutAFlippedBitItIsNot() {
    assertEquals(Cause.UNEXPLAINED, stuck());
  }

  private Cause stuck() {
    PartitionId other = new PartitionId("orders", 1);
    story.elect(1, 1, Election.FIRST, 1, 2, 3);
    story.fact(-1, new Leadership(other, 2, 1, List.of(2, 3), Election.FIRST));
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.send(100, 0);
    story.phase(Name.HEAL);
    story.sleep(61_000);
    story.finalRead(new TreeMap<>(Map.of(0L, 100L)), 1);
    story.phase(Name.DUMP);
    story.dump(1, new TreeMap<>(Map.of(0L, 100L)), 1, EPOCHS);
    story.fact(-1, new ReplicaLog(Story.P0, 3, false, 0, 0, 0, EPOCHS, List.of()));
    story.fact(-1, new ReplicaLog(other, 3, true, 0, 0, 0, EPOCHS, List.of()));
    return Story.of(story.judge(-1), AnomalyKind.STUCK_REPLICA).get(0).cause();
  }

  private Cause refused(String oracle) {
    story.fact(-1, new Oracle(oracle, "broker-2", "orders-0: its checksum is wrong"));
    story.finalRead(new TreeMap<>(), 0);
    Anomaly only = Story.of(story.judge(-1), AnomalyKind.WIRE_CORRUPTION).get(0);
    assertTrue(only.sentence().startsWith("broker-2 refused a batch that "), only.sentence());
    return only.cause();
  }

  private void flip(int broker) {
    ScheduledFault fault = new ScheduledFault(0, 0, new Fault.BitFlip(), new Role.Broker(broker));
    story.fact(-1, new Nemesis(fault, List.of("broker-" + broker), Nemesis.Edge.BEGIN, null));
    story.fact(-1, new Nemesis(fault, List.of("broker-" + broker), Nemesis.Edge.END, null));
  }

  private Cause lost(TreeMap<Long, Long> other) {
    story.elect(1, 1, Election.FIRST, 1, 2, 3);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.send(100, 0);
    story.send(101, 1);
    story.send(102, 2);
    story.elect(2, 2, Election.CLEAN, 2, 1);
    story.finalRead(holed, 3);
    story.dump(2, holed, 3, EPOCHS);
    story.dump(1, other, 3, EPOCHS);
    return Story.of(story.judge(-1), AnomalyKind.LOST_WRITE).get(0).cause();
  }
}
