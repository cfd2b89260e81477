package dev.trial.core.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a live history in the order of its times. Operations of client processes reach the recorder
 * through sockets, so it may number them a little out of order.
 */
public final class HistoryOrder {

  private HistoryOrder() {}

  /**
   * The same operations by time, numbered anew. Each process keeps its own order, and no completion
   * comes before its invocation: where a time contradicts that, it is raised to the least that does
   * not. Operations of the same time stay as they were recorded.
   *
   * @throws IllegalArgumentException if an operation completes one that was not recorded before it
   */
  public static History byTime(History history) {
    List<Operation> raised = raised(history);
    List<Operation> sorted = new ArrayList<>(raised);
    sorted.sort(Comparator.comparingLong(Operation::timeNs));
    long[] places = new long[sorted.size()];
    for (int place = 0; place < places.length; place++) {
      places[(int) sorted.get(place).index()] = place;
    }
    List<Operation> numbered = new ArrayList<>(places.length);
    for (Operation each : sorted) {
      numbered.add(placed(each, places));
    }
    return new History(numbered);
  }

  /** Times that never go back within a process, nor from a completion to its invocation. */
  private static List<Operation> raised(History history) {
    Map<Integer, Long> latest = new HashMap<>();
    List<Operation> raised = new ArrayList<>(history.size());
    for (Operation each : history.operations()) {
      long timeNs = Math.max(each.timeNs(), latest.getOrDefault(each.process(), Long.MIN_VALUE));
      if (each.invocation() != Operation.NO_INVOCATION) {
        timeNs = Math.max(timeNs, invocation(each, raised).timeNs());
      }
      latest.put(each.process(), timeNs);
      raised.add(timeNs == each.timeNs() ? each : at(each, timeNs));
    }
    return raised;
  }

  private static Operation invocation(Operation completion, List<Operation> before) {
    long invocation = completion.invocation();
    if (invocation < 0 || invocation >= before.size()) {
      throw new IllegalArgumentException(
          "operation " + completion.index() + " completes " + invocation + ", which follows it");
    }
    return before.get((int) invocation);
  }

  private static Operation at(Operation each, long timeNs) {
    return new Operation(
        each.index(), timeNs, each.process(), each.stage(), each.invocation(), each.action());
  }

  private static Operation placed(Operation each, long[] places) {
    long invocation = each.invocation();
    return new Operation(
        places[(int) each.index()],
        each.timeNs(),
        each.process(),
        each.stage(),
        invocation == Operation.NO_INVOCATION ? invocation : places[(int) invocation],
        each.action());
  }
}
