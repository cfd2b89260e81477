package dev.trial.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.run.Settling.Heard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A group that has not formed is neither at work nor drained. */
class SettlingTest {
  private static final PartitionId P0 = new PartitionId("orders", 0);

  private final Settling settling = new Settling();

  /** Seen on Kafka: polls in vain and empty auto commits were taken for work, and faults began. */
  @Test
  void aMemberIsAtWorkWithItsFirstAssignment() {
    start(1, Kind.CONSUMER);
    fact(1, new Action.Subscribe("g", List.of("orders"), List.of()));
    ok(1, new Action.Poll(List.of(), null));
    ok(1, new Action.Commit("g", Action.Commit.Mode.AUTO, Map.of(), null));
    assertEquals(0, settling.atWork());
    assertTrue(settling.joining());

    assertEquals(
        Heard.MOVED, fact(1, new Action.Rebalance("g", Change.ASSIGNED, List.of(), 1, "m")));
    assertEquals(1, settling.atWork());
    assertFalse(settling.joining());
  }

  @Test
  void whoeverChoosesItsPartitionsIsNotWaitedFor() {
    start(1, Kind.CONSUMER);
    fact(1, new Action.Subscribe(null, List.of(), List.of(P0)));
    assertFalse(settling.joining());
    ok(1, new Action.Poll(List.of(), null));
    assertEquals(1, settling.atWork());
  }

  @Test
  void aProducerIsAtWorkWithItsFirstAnswer() {
    start(1, Kind.PRODUCER);
    assertFalse(settling.joining());
    assertEquals(0, settling.atWork());
    ok(1, new Action.Send(1, "k", "orders", 0, 0, null));
    assertEquals(1, settling.atWork());
  }

  @Test
  void whoeverDiedOrClosedIsNotWaitedFor() {
    start(1, Kind.CONSUMER);
    start(2, Kind.CONSUMER);
    fact(1, new Action.End(Action.End.How.CRASHED, null));
    assertTrue(settling.joining());
    ok(2, new Action.Close(null));
    assertFalse(settling.joining());
    assertEquals(0, settling.atWork());
  }

  /** After an aborted transaction it opens new clients. */
  @Test
  void aProcessorClosesToComeBack() {
    start(1, Kind.PROCESSOR);
    fact(1, new Action.Rebalance("g", Change.ASSIGNED, List.of(P0), 1, "m"));
    assertFalse(settling.joining());
    ok(1, new Action.Close(null));
    assertTrue(settling.joining());
    fact(1, new Action.End(Action.End.How.CLOSED, null));
    assertFalse(settling.joining());
  }

  /** A batch may take longer than a group counts as quiet. */
  @Test
  void whoeverWorksOnABatchIsBusyUntilAPollComesBackEmpty() {
    start(1, Kind.CONSUMER);
    ok(1, new Action.Poll(List.of(new Delivered(P0, 0, 1, "k", null)), null));
    assertTrue(settling.busy());
    ok(1, new Action.Poll(List.of(), null));
    assertFalse(settling.busy());
  }

  @Test
  void whoeverJoinsAgainIsWaitedForAgain() {
    start(1, Kind.CONSUMER);
    fact(1, new Action.Rebalance("g", Change.ASSIGNED, List.of(P0), 1, "m"));
    fact(1, new Action.Subscribe("g", List.of("orders"), List.of()));
    assertTrue(settling.joining());
    fact(1, new Action.Rebalance("g", Change.ASSIGNED, List.of(), 2, "m"));
    assertFalse(settling.joining());
  }

  /** Seen on Kafka: a partition was still assigned to a member that had died seconds before. */
  @Test
  void aMemberThatDiesLeavesItsPartitionsBehind() {
    start(1, Kind.CONSUMER);
    fact(1, new Action.Subscribe("g", List.of("orders"), List.of()));
    fact(1, new Action.Rebalance("g", Change.ASSIGNED, List.of(P0), 1, "m"));
    assertEquals(Heard.MEMBER_LOST, fact(1, new Action.End(Action.End.How.CRASHED, null)));
  }

  @Test
  void aMemberThatClosesLeavesItsGroup() {
    start(1, Kind.CONSUMER);
    fact(1, new Action.Subscribe("g", List.of("orders"), List.of()));
    fact(1, new Action.Rebalance("g", Change.ASSIGNED, List.of(P0), 1, "m"));
    ok(1, new Action.Close(null));
    assertEquals(Heard.NOTHING, fact(1, new Action.End(Action.End.How.CLOSED, null)));
    start(2, Kind.PRODUCER);
    assertEquals(Heard.NOTHING, fact(2, new Action.End(Action.End.How.CRASHED, null)));
  }

  /** Whatever is taken from a member, an assignment follows, be it of nothing. */
  @Test
  void aRebalanceEndsWithAnAssignment() {
    start(1, Kind.CONSUMER);
    fact(1, new Action.Rebalance("g", Change.ASSIGNED, List.of(P0), 1, "m"));
    for (Change change : List.of(Change.LOST, Change.REVOKED)) {
      fact(1, new Action.Rebalance("g", change, List.of(P0), 1, "m"));
      assertTrue(settling.joining());
      fact(1, new Action.Rebalance("g", Change.ASSIGNED, List.of(), 2, "m"));
      assertFalse(settling.joining());
    }
  }

  /** KIP-345: its partitions are kept for it until its session ends. */
  @Test
  void aStaticMemberStaysOneWhenItCloses() {
    Map<String, String> settings = Map.of("group.instance.id", "till-1");
    fact(1, new Action.Start("client-1", 0, Kind.CONSUMER, settings));
    fact(1, new Action.Subscribe("g", List.of("orders"), List.of()));
    ok(1, new Action.Close(null));
    assertEquals(Heard.MEMBER_LOST, fact(1, new Action.End(Action.End.How.CLOSED, null)));
  }

  private void start(int process, Kind kind) {
    fact(process, new Action.Start("client-" + process, 0, kind, Map.of()));
  }

  private Heard fact(int process, Action action) {
    return heard(process, Stage.INFO, action);
  }

  private Heard ok(int process, Action action) {
    return heard(process, Stage.OK, action);
  }

  private Heard heard(int process, Stage stage, Action action) {
    return settling.heard(new Operation(0, 0, process, stage, Operation.NO_INVOCATION, action));
  }
}
