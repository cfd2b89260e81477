package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Producing.Call;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Finding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leaders and coordinators that change inside open transactions, and just outside of them. */
class TransactionChangesTest {
  private static final String LEADERS = "leader-changes-inside-transactions";
  private static final String COORDINATORS = "coordinator-changes-inside-transactions";
  private static final String TRANSACTIONS = "__transaction_state";
  private static final String OFFSETS = "__consumer_offsets";
  private static final String ID = "t"; // its hash is 116: partition 2 of 3
  private static final PartitionId OTHER = new PartitionId("orders", 1);

  private final Story story = new Story();

  @BeforeEach
  void everyPartitionHasALeader() {
    lead(Story.P0, 1, Election.FIRST);
    lead(OTHER, 1, Election.FIRST);
    for (int i = 0; i < 3; i++) {
      lead(new PartitionId(TRANSACTIONS, i), 1, Election.FIRST);
      lead(new PartitionId(OFFSETS, i), 1, Election.FIRST);
    }
  }

  @Test
  void aLeaderBetweenTheFirstRecordAndTheCommit() {
    call(Call.BEGIN_TRANSACTION);
    story.send(1, 0);
    lead(Story.P0, 2, Election.CLEAN);
    call(Call.COMMIT_TRANSACTION);
    assertEquals(Map.of(LEADERS, 1L, COORDINATORS, 0L), changes());
  }

  @Test
  void onceForEachChangeAndNotForChangesOfTheInSyncSetOrOfAnotherPartition() {
    call(Call.BEGIN_TRANSACTION);
    story.send(1, 0);
    lead(Story.P0, 1, Election.SAME);
    lead(OTHER, 2, Election.CLEAN);
    lead(Story.P0, -1, Election.LEADERLESS);
    lead(Story.P0, 1, Election.CLEAN);
    lead(Story.P0, 3, Election.CLEAN);
    lead(Story.P0, 2, Election.CLEAN);
    call(Call.ABORT_TRANSACTION);
    assertEquals(Map.of(LEADERS, 2L, COORDINATORS, 0L), changes());
  }

  @Test
  void notBeforeTheClusterTookSomethingNorAfterTheEnd() {
    lead(Story.P0, 2, Election.CLEAN);
    call(Call.BEGIN_TRANSACTION);
    long sent = story.invoke(1);
    lead(Story.P0, 3, Election.CLEAN);
    story.complete(sent, Stage.OK, 0);
    call(Call.COMMIT_TRANSACTION);
    lead(Story.P0, 1, Election.CLEAN);
    assertEquals(Map.of(LEADERS, 0L, COORDINATORS, 0L), changes());
  }

  @Test
  void aTransactionWhoseProcessIsGoneIsOpenForNobody() {
    call(Call.BEGIN_TRANSACTION);
    story.send(1, 0);
    story.end(Story.PRODUCER, Action.End.How.CRASHED);
    lead(Story.P0, 2, Election.CLEAN);
    assertEquals(Map.of(LEADERS, 0L, COORDINATORS, 0L), changes());
  }

  @Test
  void itsCoordinatorAndNoOther() {
    call(Call.BEGIN_TRANSACTION);
    story.send(1, 0);
    lead(new PartitionId(TRANSACTIONS, 1), 2, Election.CLEAN);
    assertEquals(Map.of(LEADERS, 0L, COORDINATORS, 0L), changes());
    lead(new PartitionId(TRANSACTIONS, ID.hashCode() % 3), 2, Election.CLEAN);
    call(Call.COMMIT_TRANSACTION);
    assertEquals(Map.of(LEADERS, 0L, COORDINATORS, 1L), changes());
  }

  @Test
  void theCoordinatorOfAGroupOnceItsOffsetsAreIn() {
    PartitionId home = new PartitionId(OFFSETS, Story.GROUP.hashCode() % 3);
    call(Call.BEGIN_TRANSACTION);
    story.send(1, 0);
    lead(home, 2, Election.CLEAN);
    assertEquals(Map.of(LEADERS, 0L, COORDINATORS, 0L), changes());
    Commit commit = new Commit(Story.GROUP, Commit.Mode.TRANSACTION, Map.of(Story.P0, 1L), null);
    long asked = story.add(Story.PRODUCER, Stage.INVOKE, Operation.NO_INVOCATION, commit);
    story.add(Story.PRODUCER, Stage.OK, asked, commit);
    lead(home, 3, Election.CLEAN);
    call(Call.COMMIT_TRANSACTION);
    assertEquals(Map.of(LEADERS, 0L, COORDINATORS, 1L), changes());
  }

  @Test
  void nothingIsSaidWhereThereAreNoTransactions() {
    story.send(1, 0);
    lead(Story.P0, 2, Election.CLEAN);
    assertFalse(changes().containsKey(LEADERS));
  }

  // ---- the story

  private void lead(PartitionId partition, int leader, Election how) {
    story.fact(-1, new Action.Leadership(partition, leader, 0, List.of(1, 2, 3), how));
  }

  private void call(Call call) {
    Producing action = new Producing(call, ID, null);
    long asked = story.add(Story.PRODUCER, Stage.INVOKE, Operation.NO_INVOCATION, action);
    story.add(Story.PRODUCER, Stage.OK, asked, action);
  }

  private Map<String, Long> changes() {
    Map<String, Long> changes = new TreeMap<>();
    for (Finding each : story.judge(-1).findings()) {
      each.statistics()
          .forEach(
              (name, count) -> {
                if (name.endsWith("-inside-transactions")) {
                  changes.put(name, count);
                }
              });
    }
    return changes;
  }
}
