package dev.trial.engine.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Action;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private final List<Operation> operations = new ArrayList<>();

  private long add(long ms, Stage stage, long invocation, Action action) {
    int process = action instanceof Action.Send || action instanceof Action.End ? 1 : -1;
    operations.add(
        new Operation(operations.size(), ms * 1_000_000, process, stage, invocation, action));
    return operations.size() - 1;
  }

  private void phase(long ms, Action.Phase.Name name) {
    add(ms, Stage.INFO, Operation.NO_INVOCATION, new Action.Phase(name));
  }

  private void send(long fromMs, long toMs, int partition, Stage how) {
    long value = operations.size();
    long invoked =
        add(
            fromMs,
            Stage.INVOKE,
            Operation.NO_INVOCATION,
            new Action.Send(value, "k", "orders", -1, -1, null));
    add(toMs, how, invoked, new Action.Send(value, "k", "orders", partition, value, null));
  }

  private Traffic traffic() {
    return Traffic.of(new History(operations));
  }

  @Test
  void countsWhatTheLoadAcknowledged() {
    phase(0, Action.Phase.Name.SET_UP);
    phase(1_000, Action.Phase.Name.LOAD);
    send(1_000, 1_010, 0, Stage.OK);
    send(1_500, 1_530, 0, Stage.OK);
    send(1_600, 2_600, 0, Stage.FAIL);
    add(1_700, Stage.INFO, Operation.NO_INVOCATION, new Action.End(Action.End.How.CRASHED, null));
    phase(3_000, Action.Phase.Name.HEAL);
    Traffic traffic = traffic();
    assertEquals(2, traffic.acknowledged());
    assertEquals(1, traffic.crashes());
    assertEquals(2_000, traffic.loadMs());
    assertEquals(1_470, traffic.longestGapMs(), "from the last acknowledgement to the end");
    assertEquals(10.0, traffic.latencyUs().getValueAtPercentile(50) / 1e3, 0.1);
    assertEquals(30.0, traffic.latencyUs().getMaxValue() / 1e3, 0.1);
  }

  /** The worst of all is a partition that acknowledges nothing before it is healed. */
  @Test
  void aPartitionThatWaitedAllThroughTheLoadIsTheLongestGap() {
    phase(1_000, Action.Phase.Name.LOAD);
    send(1_000, 1_100, 0, Stage.OK);
    send(2_000, 2_900, 0, Stage.OK);
    send(1_000, 3_500, 1, Stage.OK);
    phase(3_000, Action.Phase.Name.HEAL);
    History ordered =
        new History(
            operations.stream().sorted(Comparator.comparingLong(Operation::timeNs)).toList());
    assertEquals(2_000, Traffic.of(ordered).longestGapMs());
  }
}
