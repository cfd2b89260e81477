package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One key, two partitions: what counts is the order in which a group does the work. */
class KeyOrderTest {
  private static final PartitionId OLD = new PartitionId("orders", 0);
  private static final PartitionId NEW = new PartitionId("orders", 1);
  private static final int WORKER = 10;

  private final Story story = new Story();

  KeyOrderTest() {
    story.start(Story.PRODUCER, Kind.PRODUCER).start(WORKER, Kind.CONSUMER);
  }

  private void send(long value, PartitionId to, boolean named) {
    int asked = named ? to.partition() : -1;
    long invoked =
        story.add(
            Story.PRODUCER,
            Stage.INVOKE,
            -1,
            new Action.Send(value, "k", to.topic(), asked, -1, null));
    story.add(
        Story.PRODUCER,
        Stage.OK,
        invoked,
        new Action.Send(value, "k", to.topic(), to.partition(), value, null));
  }

  private void work(long value, PartitionId from) {
    story.fact(WORKER, new Action.Process(from, value, value, "k"));
  }

  private List<Anomaly> found() {
    return Story.of(story.judge(-1), AnomalyKind.KEY_REORDER);
  }

  @Test
  void aRecordOfTheNewPartitionThatOvertakesIsFound() {
    send(1, OLD, false);
    send(2, NEW, false);
    work(2, NEW);
    work(1, OLD);
    List<Anomaly> found = found();
    assertEquals(1, found.size());
    assertEquals(List.of(1L, 2L), found.get(0).values());
    assertEquals(
        "Value 1 (key k) was sent before value 2 (key k) by client-1, but group g processed it"
            + " after that one: from orders-0@1 and orders-1@2.",
        found.get(0).sentence());
  }

  @Test
  void workDoneAgainAfterARestartCountsWhereItWasFirstDone() {
    send(1, OLD, false);
    send(2, NEW, false);
    work(1, OLD);
    work(2, NEW);
    work(1, OLD);
    assertEquals(List.of(), found());
  }

  @Test
  void whoNamesThePartitionsAsksForNoOrderAcrossThem() {
    send(1, OLD, true);
    send(2, NEW, true);
    work(2, NEW);
    work(1, OLD);
    assertEquals(List.of(), found());
  }

  @Test
  void withinOnePartitionItIsTheBusinessOfAnotherChecker() {
    send(1, OLD, false);
    send(2, OLD, false);
    work(2, OLD);
    work(1, OLD);
    assertEquals(List.of(), found());
  }
}
