package dev.trial.checkers.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Judges whole histories: object by object, within a budget. */
public final class Linearizability {

  /** Enough for the published test histories a thousand times over; about a gigabyte at most. */
  public static final long DEFAULT_CONFIGURATIONS_MAX = 20_000_000;

  private Linearizability() {}

  /**
   * Searches until an object is found at fault or all are in order.
   *
   * @param configurationsMax the budget of all objects together
   */
  public static <S, O> Linearity<O> check(
      Model<S, O> model, List<Interval<O>> history, long configurationsMax) {
    Map<String, List<Interval<O>>> objects = new TreeMap<>();
    for (Interval<O> each : history) {
      objects
          .computeIfAbsent(model.partition(each.operation()), key -> new ArrayList<>())
          .add(each);
    }
    long left = configurationsMax;
    Linearity<O> undecided = null;
    for (Map.Entry<String, List<Interval<O>>> object : objects.entrySet()) {
      LinearSearch<S, O> search =
          new LinearSearch<>(model, object.getKey(), object.getValue(), left);
      Linearity<O> found = search.run();
      if (found instanceof Linearity.Violated<O>) {
        return found;
      }
      if (found instanceof Linearity.Undecided<O> && undecided == null) {
        undecided = found;
      }
      left = Math.max(0, left - search.configurations());
    }
    return undecided == null ? new Linearity.Linearizable<>() : undecided;
  }
}
