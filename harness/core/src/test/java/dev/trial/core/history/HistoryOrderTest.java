package dev.trial.core.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HistoryOrderTest {

  @Property
  void timesNeverGoBackAndIndexesCount(@ForAll("arrived") History history) {
    History ordered = HistoryOrder.byTime(history);
    assertEquals(history.size(), ordered.size());
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < ordered.size(); i++) {
      assertEquals(i, ordered.at(i).index());
      assertTrue(ordered.at(i).timeNs() >= latest);
      latest = ordered.at(i).timeNs();
    }
  }

  @Property
  void eachProcessKeepsWhatItDidInItsOrder(@ForAll("arrived") History history) {
    assertEquals(byProcess(history), byProcess(HistoryOrder.byTime(history)));
  }

  @Property
  void completionsFollowTheVeryInvocationTheyHad(@ForAll("arrived") History history) {
    Map<Action, Action> invocations = invocations(history);
    assertEquals(invocations, invocations(HistoryOrder.byTime(history)));
  }

  @Property
  void orderingTwiceIsOrderingOnce(@ForAll("arrived") History history) {
    History once = HistoryOrder.byTime(history);
    assertEquals(once, HistoryOrder.byTime(once));
  }

  @Property
  void timesAreLeftAloneWhereProcessesTellThemInOrder(@ForAll("consistent") History history) {
    Map<Action, Long> times = times(history);
    assertEquals(times, times(HistoryOrder.byTime(history)));
  }

  @Test
  void lateArrivalsGoWhereTheirTimesSay() {
    History arrived =
        new History(
            List.of(
                operation(0, 10, 1, Stage.INVOKE, -1),
                operation(1, 50, -1, Stage.INFO, -1),
                operation(2, 20, 2, Stage.INVOKE, -1),
                operation(3, 30, 2, Stage.OK, 2),
                operation(4, 40, 1, Stage.OK, 0)));
    History ordered = HistoryOrder.byTime(arrived);
    assertEquals(List.of("0", "2", "3", "4", "1"), texts(ordered));
    assertEquals(1, ordered.at(2).invocation());
    assertEquals(0, ordered.at(3).invocation());
  }

  @Test
  void completionBeforeItsInvocationIsNoHistory() {
    History wrong =
        new History(List.of(operation(0, 1, 1, Stage.OK, 1), operation(1, 0, 1, Stage.INVOKE, -1)));
    assertThrows(IllegalArgumentException.class, () -> HistoryOrder.byTime(wrong));
  }

  /** Any times at all. */
  @Provide
  Arbitrary<History> arrived() {
    return histories(false);
  }

  /** Times that go up within each process. */
  @Provide
  Arbitrary<History> consistent() {
    return histories(true);
  }

  private static Arbitrary<History> histories(boolean consistent) {
    Arbitrary<long[]> step =
        Combinators.combine(
                Arbitraries.longs().between(0, 40),
                Arbitraries.longs().between(-1, 3),
                Arbitraries.longs().between(0, 20))
            .as((time, process, completes) -> new long[] {time, process, completes});
    return step.list().ofMaxSize(60).map(steps -> history(steps, consistent));
  }

  private static History history(List<long[]> steps, boolean consistent) {
    List<Operation> operations = new ArrayList<>();
    Map<Integer, Long> clocks = new HashMap<>();
    for (long[] step : steps) {
      int process = (int) step[1];
      long time = consistent ? clocks.merge(process, step[0], Long::sum) : step[0];
      long invocation = openInvocation(operations, process, (int) step[2]);
      Stage stage = invocation < 0 ? Stage.INVOKE : Stage.OK;
      operations.add(operation(operations.size(), time, process, stage, invocation));
    }
    return new History(operations);
  }

  /** One of the process's last invocations, −1 to begin another. */
  private static long openInvocation(List<Operation> operations, int process, int back) {
    int at = operations.size() - 1 - back;
    boolean fits =
        at >= 0
            && operations.get(at).process() == process
            && operations.get(at).stage() == Stage.INVOKE;
    return fits ? at : Operation.NO_INVOCATION;
  }

  private static Operation operation(
      long index, long time, int process, Stage stage, long invocation) {
    return new Operation(index, time, process, stage, invocation, new Action.Note("" + index));
  }

  private static Map<Integer, List<Action>> byProcess(History history) {
    Map<Integer, List<Action>> actions = new HashMap<>();
    for (Operation each : history.operations()) {
      actions.computeIfAbsent(each.process(), key -> new ArrayList<>()).add(each.action());
    }
    return actions;
  }

  private static Map<Action, Action> invocations(History history) {
    Map<Action, Action> invocations = new LinkedHashMap<>();
    for (Operation each : history.operations()) {
      if (each.invocation() != Operation.NO_INVOCATION) {
        assertTrue(each.invocation() < each.index());
        invocations.put(each.action(), history.at(each.invocation()).action());
      }
    }
    return invocations;
  }

  private static Map<Action, Long> times(History history) {
    Map<Action, Long> times = new HashMap<>();
    history.operations().forEach(each -> times.put(each.action(), each.timeNs()));
    return times;
  }

  private static List<String> texts(History history) {
    return history.operations().stream().map(each -> ((Action.Note) each.action()).text()).toList();
  }
}
