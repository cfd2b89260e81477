package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Producing.Call;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions and transforms written by hand: the correct story, and one lie at a time. */
class TransactionsTest {
  private static final int PROCESSOR = 5;
  private static final PartitionId OUT_0 = new PartitionId("out", 0);
  private static final PartitionId OUT_1 = new PartitionId("out", 1);
  private static final Set<AnomalyKind> JUDGED =
      EnumSet.of(
          AnomalyKind.TORN_TRANSACTION,
          AnomalyKind.ABORTED_READ,
          AnomalyKind.ZOMBIE_COMMIT,
          AnomalyKind.OFFSET_OUTPUT_MISMATCH,
          AnomalyKind.DUPLICATE_PROCESSING,
          AnomalyKind.LOST_PROCESSING);

  private final Story story = new Story();
  private final TreeMap<PartitionId, TreeMap<Long, Delivered>> logs = new TreeMap<>();

  @BeforeEach
  void inputs() {
    for (long offset = 0; offset < 3; offset++) {
      story.send(100 + offset, offset);
      log(Story.P0, offset, 100 + offset, Story.key(100 + offset));
    }
    start(PROCESSOR, Kind.PROCESSOR, "read_committed");
  }

  // ---- transactions

  @Test
  void committedIsSeenAndAbortedIsNot() {
    call(Call.BEGIN_TRANSACTION, Stage.OK);
    output(OUT_0, 0, 1, "a", true);
    output(OUT_1, 0, 2, "b", true);
    call(Call.COMMIT_TRANSACTION, Stage.OK);
    call(Call.BEGIN_TRANSACTION, Stage.OK);
    output(OUT_0, 2, 3, "c", false);
    call(Call.ABORT_TRANSACTION, Stage.OK);
    assertEquals(Map.of(), judge(Map.of(OUT_0, 4L, OUT_1, 2L)));
  }

  @Test
  void halfATransactionIsTorn() {
    call(Call.BEGIN_TRANSACTION, Stage.OK);
    output(OUT_0, 0, 1, "a", true);
    output(OUT_1, 0, 2, "b", false);
    call(Call.COMMIT_TRANSACTION, Stage.OK);
    assertEquals(Map.of(AnomalyKind.TORN_TRANSACTION, 1), judge(Map.of(OUT_0, 2L, OUT_1, 2L)));
  }

  @Test
  void aCommitThatTimedOutIsWholeOrNotAtAll() {
    call(Call.BEGIN_TRANSACTION, Stage.OK);
    output(OUT_0, 0, 1, "a", false);
    output(OUT_1, 0, 2, "b", false);
    call(Call.COMMIT_TRANSACTION, Stage.INFO);
    assertEquals(Map.of(), judge(Map.of(OUT_0, 2L, OUT_1, 2L)));
  }

  @Test
  void aCommitThatTimedOutMayNotBeHalf() {
    call(Call.BEGIN_TRANSACTION, Stage.OK);
    output(OUT_0, 0, 1, "a", true);
    output(OUT_1, 0, 2, "b", false);
    call(Call.COMMIT_TRANSACTION, Stage.INFO);
    assertEquals(Map.of(AnomalyKind.TORN_TRANSACTION, 1), judge(Map.of(OUT_0, 2L, OUT_1, 2L)));
  }

  @Test
  void abortedRecordsMayNotBeRead() {
    call(Call.BEGIN_TRANSACTION, Stage.OK);
    output(OUT_0, 0, 1, "a", true);
    call(Call.ABORT_TRANSACTION, Stage.OK);
    assertEquals(Map.of(AnomalyKind.ABORTED_READ, 1), judge(Map.of(OUT_0, 2L)));
  }

  @Test
  void whatNobodyTriedToCommitMayNotBeRead() {
    call(Call.BEGIN_TRANSACTION, Stage.OK);
    output(OUT_0, 0, 1, "a", true);
    story.end(PROCESSOR, Action.End.How.CRASHED);
    assertEquals(Map.of(AnomalyKind.ZOMBIE_COMMIT, 1), judge(Map.of(OUT_0, 2L)));
  }

  // ---- transforms

  @Test
  void oneOutputForEachInputUpToTheOffset() {
    transform(0, true);
    transform(1, true);
    committed(2);
    assertEquals(Map.of(), judge(Map.of(OUT_0, 4L)));
  }

  @Test
  void twoCommittedOutputsOfOneInput() {
    transform(0, true);
    call(Call.BEGIN_TRANSACTION, Stage.OK);
    output(OUT_0, 2, 60, "orders-0/0", true);
    call(Call.COMMIT_TRANSACTION, Stage.OK);
    committed(1);
    assertEquals(Map.of(AnomalyKind.DUPLICATE_PROCESSING, 1), judge(Map.of(OUT_0, 4L)));
  }

  @Test
  void anInputBehindTheOffsetWithoutOutput() {
    transform(0, true);
    committed(2);
    assertEquals(Map.of(AnomalyKind.LOST_PROCESSING, 1), judge(Map.of(OUT_0, 2L)));
  }

  @Test
  void anOutputAheadOfTheOffset() {
    transform(0, true);
    transform(1, true);
    committed(1);
    assertEquals(Map.of(AnomalyKind.OFFSET_OUTPUT_MISMATCH, 1), judge(Map.of(OUT_0, 4L)));
  }

  // ---- the story

  private void start(int process, Kind kind, String isolation) {
    story.fact(
        process,
        new Action.Start(
            "client-" + process,
            0,
            kind,
            Map.of("group.id", Story.GROUP, "isolation.level", isolation)));
  }

  private void call(Call call, Stage stage) {
    Producing action = new Producing(call, "t", stage == Stage.OK ? null : "TimeoutException");
    long invoked = story.add(PROCESSOR, Stage.INVOKE, Operation.NO_INVOCATION, action);
    story.add(PROCESSOR, stage, invoked, action);
  }

  private void output(PartitionId to, long offset, long value, String key, boolean seen) {
    Action.Send sent = new Action.Send(value, key, to.topic(), to.partition(), -1, null);
    Action.Send done = new Action.Send(value, key, to.topic(), to.partition(), offset, null);
    long invoked = story.add(PROCESSOR, Stage.INVOKE, Operation.NO_INVOCATION, sent);
    story.add(PROCESSOR, Stage.OK, invoked, done);
    if (seen) {
      log(to, offset, value, key);
    }
  }

  private void log(PartitionId at, long offset, long value, String key) {
    logs.computeIfAbsent(at, id -> new TreeMap<>())
        .put(offset, new Delivered(at, offset, value, key, null));
  }

  private void transform(long input, boolean commits) {
    call(Call.BEGIN_TRANSACTION, Stage.OK);
    output(OUT_0, input * 2, 50 + input, "orders-0/" + input, commits);
    call(Call.COMMIT_TRANSACTION, Stage.OK);
  }

  /** The final reader is told the group's offset. */
  private void committed(long offset) {
    start(Story.READER, Kind.READER, "read_committed");
    story.committed(Story.READER, offset);
  }

  /** Anomalies by kind after the final read of committed data. */
  private Map<AnomalyKind, Integer> judge(Map<PartitionId, Long> ends) {
    story.phase(Action.Phase.Name.FINAL_READ);
    start(Story.READER, Kind.READER, "read_committed");
    TreeMap<PartitionId, Long> all = new TreeMap<>(ends);
    all.put(Story.P0, 3L);
    TreeMap<PartitionId, Long> starts = new TreeMap<>();
    all.keySet().forEach(id -> starts.put(id, 0L));
    long asked =
        story.add(Story.READER, Stage.INVOKE, -1, new Action.Ends(Map.of(), Map.of(), null));
    story.add(Story.READER, Stage.OK, asked, new Action.Ends(starts, all, null));
    List<Delivered> records = new ArrayList<>();
    logs.values().forEach(log -> records.addAll(log.values()));
    story.poll(Story.READER, records);
    story.end(Story.READER, Action.End.How.CLOSED);
    Map<AnomalyKind, Integer> found = new TreeMap<>();
    for (Anomaly each : story.judge(-1).anomalies()) {
      if (JUDGED.contains(each.kind())) {
        found.merge(each.kind(), 1, Integer::sum);
      }
    }
    return found;
  }
}
