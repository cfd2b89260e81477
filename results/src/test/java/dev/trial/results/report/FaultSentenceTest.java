package dev.trial.results.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultSentenceTest {
  private static final Role LEADER = new Role.Leader("orders", 0);

  private static String of(Fault fault, Role whom, long lengthMs, List<String> hit, String error) {
    ScheduledFault scheduled = new ScheduledFault(0, lengthMs, fault, whom);
    return FaultSentence.of(new Action.Nemesis(scheduled, hit, Action.Nemesis.Edge.BEGIN, error));
  }

  @Test
  void saysWhoWhatAndForHowLong() {
    List<String> hit = List.of("broker-2");
    assertEquals(
        "The leader of orders-0 (broker-2) is killed.", of(new Fault.Kill(), LEADER, 0, hit, null));
    assertEquals(
        "The leader of orders-0 (broker-2) is cut off from brokers, both ways, for 2.0 s.",
        of(
            new Fault.Partition(Fault.Side.BROKERS, Fault.Direction.BOTH),
            LEADER,
            2_000,
            hit,
            null));
    assertEquals(
        "Broker 2 loses power, for 0.5 s.",
        of(new Fault.PowerLoss(), new Role.Broker(2), 500, hit, null));
    assertEquals(
        "An administrator asks for this: partition increase of orders by 2.",
        of(new Fault.PartitionIncrease("orders", 2), new Role.Controller(), 0, hit, null));
    assertEquals(
        "In-sync follower of orders-0 (broker-2) is hit on the network: drop answer to Produce, once.",
        of(new Fault.DropAnswer("Produce", 1), new Role.Follower("orders", 0, true), 0, hit, null));
  }

  @Test
  void saysThatNobodyWasHit() {
    assertEquals(
        "The leader of orders-0 is killed, but there is nobody to hit.",
        of(new Fault.Kill(), LEADER, 0, List.of(), null));
    assertEquals(
        "The leader of orders-0 is killed, which failed: no leader.",
        of(new Fault.Kill(), LEADER, 0, List.of(), "no leader"));
  }
}
