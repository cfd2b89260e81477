package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Producing.Call;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Readers of committed data that are held at offset 1 of a log of three, and for how long. */
class HangingTransactionTest {
  private final Story story = new Story();
  private final TreeMap<Long, Long> log = new TreeMap<>();

  private List<Anomaly> judge(Call end, long afterMs, long stable) {
    Map<String, String> settings = Map.of("transaction.timeout.ms", "8000");
    story.fact(Story.PRODUCER, new Action.Start("client-1", 0, Kind.PRODUCER, settings));
    call(Call.BEGIN_TRANSACTION);
    for (long offset = 0; offset < 3; offset++) {
      story.send(100 + offset, offset);
      log.put(offset, 100 + offset);
    }
    if (end != null) {
      call(end);
    }
    story.sleep(afterMs).phase(Action.Phase.Name.FINAL_READ);
    Map<String, String> committed = Map.of("isolation.level", "read_committed");
    story.fact(Story.READER, new Action.Start("reader-1", 0, Kind.READER, committed));
    story.ends(Story.READER, stable);
    story.dump(1, log, 3, List.of(new EpochStart(0, 0)));
    return Story.of(story.judge(-1), AnomalyKind.HANGING_TRANSACTION);
  }

  private void call(Call call) {
    Producing action = new Producing(call, "t", null);
    long invoked = story.add(Story.PRODUCER, Stage.INVOKE, Operation.NO_INVOCATION, action);
    story.add(Story.PRODUCER, Stage.OK, invoked, action);
  }

  @Test
  void aCommittedTransactionWhoseMarkerNeverCame() {
    List<Anomaly> found = judge(Call.COMMIT_TRANSACTION, 60_000, 1);
    assertEquals(1, found.size());
    assertEquals(List.of(101L), found.get(0).values());
    assertTrue(found.get(0).sentence().contains("that was committed"), found.get(0).sentence());
  }

  @Test
  void anAbandonedTransactionThatNeverTimedOut() {
    List<Anomaly> found = judge(null, 60_000, 1);
    assertEquals(1, found.size());
    assertTrue(found.get(0).sentence().contains("nobody ended"), found.get(0).sentence());
  }

  @Test
  void anOpenTransactionMayHoldReadersUntilItTimesOut() {
    assertEquals(List.of(), judge(null, 20_000, 1));
  }

  @Test
  void readersAtTheEndAreNotHeld() {
    assertEquals(List.of(), judge(Call.COMMIT_TRANSACTION, 60_000, 3));
  }
}
