package dev.trial.results.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Nemesis.Edge;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people read of a run's faults. */
class StoryTest {
  private static final List<Fault> FAULTS =
      List.of(
          new Fault.Kill(),
          new Fault.Stop(),
          new Fault.Pause(),
          new Fault.PowerLoss(),
          new Fault.Partition(Fault.Side.BROKERS, Fault.Direction.BOTH),
          new Fault.Halves(),
          new Fault.Latency(300, 50),
          new Fault.Freeze(0),
          new Fault.Reset(),
          new Fault.DropAnswer("PRODUCE", 1),
          new Fault.DelayAnswer("FETCH", 1_500, 3),
          new Fault.DelayRequest("END_TXN", 1_500, 1),
          new Fault.Refuse("PRODUCE", "NOT_LEADER_OR_FOLLOWER", Integer.MAX_VALUE),
          new Fault.UncleanElection("orders", 0),
          new Fault.PartitionIncrease("orders", 2),
          new Fault.RecordDeletion("orders", 0),
          new Fault.TopicRecreation("orders"),
          new Fault.PreferredElection("orders", 0),
          new Fault.Reassignment("orders", 0),
          new Fault.DiskFailure(),
          new Fault.DiskFull(),
          new Fault.ReadError(),
          new Fault.TornWrite(),
          new Fault.BitFlip(),
          new Fault.SlowDisk(20, 10),
          new Fault.DiskLoss(),
          new Fault.ClockSkew(-2_000),
          new Fault.ClockJump(60_000),
          new Fault.ClockDrift(-200));

  @Test
  void everyFaultHasASentenceOfItsOwn() {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    Set<String> sentences = new HashSet<>();
    for (Fault fault : FAULTS) {
      kinds.add(fault.kind());
      String sentence = FaultSentence.of(fault, "broker 2");
      sentences.add(sentence);
      assertFalse(sentence.endsWith("has " + fault.kind().id().replace('-', ' ')), sentence);
    }
    assertEquals(EnumSet.allOf(FaultKind.class), kinds);
    assertEquals(FAULTS.size(), sentences.size(), sentences.toString());
  }

  @Test
  void aRunIsToldInOrderOfTimeFromTheBeginningOfTheLoad() {
    Role leader = new Role.Leader("orders", 0);
    ScheduledFault cut = new ScheduledFault(0, 2_000, FAULTS.get(4), leader);
    ScheduledFault kill = new ScheduledFault(2_100, 0, FAULTS.get(0), leader);
    ScheduledFault lost = new ScheduledFault(2_500, 0, FAULTS.get(0), new Role.Client("billing-1"));
    assertEquals(
        List.of(
            "at 0.0 s the leader of orders-0 (broker-2) is cut off from the other brokers, for 2.0"
                + " s",
            "at 2.1 s the leader of orders-0 (broker-3) is killed",
            "at 2.5 s billing-1 is killed: it is down already"),
        Story.of(
            history(
                new Action.Phase(Action.Phase.Name.LOAD),
                new Action.Nemesis(cut, List.of("broker-2"), Edge.BEGIN, null),
                new Action.Nemesis(cut, List.of("broker-2"), Edge.END, null),
                new Action.Nemesis(kill, List.of("broker-3"), Edge.BEGIN, null),
                new Action.Nemesis(lost, List.of(), Edge.BEGIN, "it is down already"))));
  }

  /** In a run whose load begins after a second. */
  private static History history(Action... actions) {
    List<Operation> operations = new ArrayList<>();
    long atMs = 1_000;
    for (Action action : actions) {
      if (action instanceof Action.Nemesis nemesis && nemesis.edge() == Edge.BEGIN) {
        atMs = 1_000 + nemesis.fault().atMs();
      }
      operations.add(
          new Operation(
              operations.size(),
              atMs * 1_000_000,
              Operation.HARNESS,
              Stage.INFO,
              Operation.NO_INVOCATION,
              action));
    }
    return new History(operations);
  }
}
