package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End.How;
import dev.trial.core.history.Action.Nemesis;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.Action.Rebalance;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A group whose rebalances may take ten seconds: six to miss a member, four to wait for others. */
class RebalanceTest {
  private static final PartitionId P1 = new PartitionId("orders", 1);

  private final Story story = new Story();

  private void member(int process) {
    Map<String, String> settings =
        Map.of(
            "group.id", Story.GROUP, "session.timeout.ms", "6000", "max.poll.interval.ms", "4000");
    story.fact(process, new Action.Start("client-" + process, 0, Kind.CONSUMER, settings));
  }

  private void pollFor(int process, int seconds) {
    for (int i = 0; i < seconds; i++) {
      story.sleep(1_000);
      story.poll(process);
    }
  }

  private void ownedThenRevoked() {
    story.phase(Name.LOAD);
    member(10);
    story.assigned(10, 1);
    story.sleep(2_000);
    story.rebalance(10, Change.REVOKED, 1);
  }

  private Finding judged() {
    story.phase(Name.FINAL_READ);
    return new RebalanceChecker().check(story.history(), Story.rules(-1));
  }

  @Test
  void aPartitionThatIsNeverGivenOutAgainIsUnowned() {
    ownedThenRevoked();
    long revoked = story.operations.size() - 1L;
    pollFor(10, 11);
    Finding finding = judged();
    Anomaly anomaly = finding.anomalies().get(0);
    assertEquals(AnomalyKind.UNOWNED, anomaly.kind());
    assertEquals(revoked, anomaly.operations().get(0));
    assertEquals(Story.P0, anomaly.partition());
    assertEquals(11_025L, finding.statistics().get("unowned-max-ms.g"));
  }

  @Test
  void soIsOneThatNobodyEverGot() {
    story.add(Story.PRODUCER, Stage.INVOKE, -1, new Action.Send(100, "k", "orders", 1, -1, null));
    story.phase(Name.LOAD);
    member(10);
    story.assigned(10, 1);
    pollFor(10, 11);
    Anomaly anomaly = judged().anomalies().get(0);
    assertEquals(P1, anomaly.partition());
    assertFalse(anomaly.sentence().isEmpty());
  }

  @Test
  void withinTheLimitNobodyIsAccused() {
    ownedThenRevoked();
    pollFor(10, 9);
    story.assigned(10, 2);
    pollFor(10, 20);
    assertEquals(List.of(), judged().anomalies());
  }

  @Test
  void aMemberThatComesGivesTheRebalanceMoreTime() {
    ownedThenRevoked();
    pollFor(10, 7);
    member(11);
    pollFor(10, 7);
    assertEquals(List.of(), judged().anomalies());
  }

  @Test
  void aMemberThatDoesNotPollProvesNothing() {
    ownedThenRevoked();
    pollFor(10, 2);
    story.sleep(20_000);
    assertEquals(List.of(), judged().anomalies());
  }

  @Test
  void whileFaultsAreActiveNothingIsPromised() {
    ownedThenRevoked();
    ScheduledFault fault = new ScheduledFault(0, 1, new Fault.Kill(), new Role.Broker(1));
    story.fact(-1, new Nemesis(fault, List.of("broker-1"), Nemesis.Edge.BEGIN, null));
    pollFor(10, 15);
    story.fact(-1, new Nemesis(fault, List.of("broker-1"), Nemesis.Edge.END, null));
    pollFor(10, 5);
    assertEquals(List.of(), judged().anomalies());
  }

  @Test
  void costsAreCounted() {
    story.phase(Name.LOAD);
    member(10);
    member(11);
    story.assigned(10, 1);
    story.sleep(1_000);
    story.rebalance(10, Change.REVOKED, 1);
    story.sleep(500);
    story.assigned(11, 2);
    story.sleep(1_000);
    story.end(11, How.CRASHED);
    story.sleep(3_000);
    story.fact(10, new Rebalance(Story.GROUP, Change.ASSIGNED, List.of(Story.P0), 3, "member-10"));
    story.sleep(1_000);
    Map<String, Long> cost = judged().statistics();
    assertEquals(3, cost.get("rebalances.g"));
    assertEquals(2, cost.get("partitions-moved.g"));
    assertEquals(1, cost.get("partitions-moved-from-the-living.g"));
    assertEquals(3_502, cost.get("unowned-ms.g"));
    assertEquals(3_001, cost.get("unowned-max-ms.g"));
  }
}
