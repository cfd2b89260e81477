package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Producing.Call;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Logged;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One marker for each end of a transaction in a partition, and none for its beginning. */
class MarkerTest {
  private final Story story = new Story();

  private void call(Call call) {
    Producing producing = new Producing(call, "tx", null);
    long invoked = story.add(Story.PRODUCER, Stage.INVOKE, Operation.NO_INVOCATION, producing);
    story.add(Story.PRODUCER, Stage.OK, invoked, producing);
  }

  /** Two transactions, the second aborted; {@code controls} are the offsets of markers. */
  private List<Anomaly> logWith(long... controls) {
    story.start(Story.PRODUCER, Kind.PRODUCER);
    call(Call.BEGIN_TRANSACTION);
    story.send(100, 0);
    call(Call.COMMIT_TRANSACTION);
    call(Call.BEGIN_TRANSACTION);
    story.send(101, 2);
    call(Call.ABORT_TRANSACTION);
    List<Logged> records = new ArrayList<>();
    records.add(new Logged(0, 0, 100, false));
    records.add(new Logged(2, 0, 101, false));
    for (long offset : controls) {
      records.add(new Logged(offset, 0, -1, true));
    }
    records.sort((one, other) -> Long.compare(one.offset(), other.offset()));
    story.fact(
        -1,
        new Action.ReplicaLog(Story.P0, 1, true, 0, 5, 5, List.of(new EpochStart(0, 0)), records));
    return Story.of(story.judge(-1), AnomalyKind.MARKER_MISMATCH);
  }

  @Test
  void anEndIsOneMarker() {
    assertEquals(List.of(), logWith(1, 3));
  }

  @Test
  void aMissingMarkerIsFound() {
    assertEquals(1, logWith(1).size());
  }

  @Test
  void aMarkerTooManyIsFound() {
    assertEquals(1, logWith(1, 3, 4).size());
  }
}
