package dev.trial.checkers.foreign;

import dev.trial.checkers.linear.Interval;
import dev.trial.core.history.HistoryFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pairs what processes called with what they were answered, line by line. */
final class Spans<C, O> {
  private final List<Interval<O>> intervals = new ArrayList<>();
  private final Map<Integer, Called<C>> open = new TreeMap<>();

  /** What a call turned out to be, null if it certainly changed and told nothing. */
  interface Meaning<C, O> {
    O of(C call) throws HistoryFormatException;
  }

  /** A call without an answer so far. */
  private record Called<C>(C call, long line) {}

  void call(int process, C call, long line) throws HistoryFormatException {
    Called<C> before = open.put(process, new Called<>(call, line));
    if (before != null) {
      throw new HistoryFormatException(
          line,
          1,
          "process " + process + " calls, but its call of line " + before.line() + " is not over",
          null);
    }
  }

  /** The process is answered. */
  void answer(int process, long line, Meaning<C, O> meaning) throws HistoryFormatException {
    Called<C> called = open.remove(process);
    if (called == null) {
      throw new HistoryFormatException(
          line, 1, "process " + process + " is answered, but had not called", null);
    }
    O done = meaning.of(called.call());
    if (done != null) {
      intervals.add(new Interval<>(process, done, called.line(), line));
    }
  }

  /** All; calls that were never answered become what {@code unknown} makes of them, or nothing. */
  List<Interval<O>> done(Meaning<C, O> unknown) throws HistoryFormatException {
    for (Map.Entry<Integer, Called<C>> each : open.entrySet()) {
      Called<C> called = each.getValue();
      O maybe = unknown.of(called.call());
      if (maybe != null) {
        intervals.add(new Interval<>(each.getKey(), maybe, called.line(), Interval.NEVER));
      }
    }
    open.clear();
    return intervals;
  }
}
