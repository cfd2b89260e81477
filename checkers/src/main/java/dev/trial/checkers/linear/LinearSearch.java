package dev.trial.checkers.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The search for one object. Calls and answers stand in one linked list by time; an operation whose
 * turn it is taken (both of its entries leave the list), and when an answer comes up whose
 * operation was not taken, the last choice is undone. A set of operations taken that led to the
 * same state before is not tried again.
 */
final class LinearSearch<S, O> {
  private final String partition;
  private final List<Interval<O>> intervals;
  private final Entries entries;
  private final ConfigurationSet seen;
  private final Transitions<S, O> transitions;
  private final long configurationsMax;
  private final int closed;
  private final int[] taken;
  private final int[] stateBefore;
  private int depth;
  private int closedTaken;
  private int[] longest = {};
  private int longestClosed;
  private int stuck = -1;

  LinearSearch(
      Model<S, O> model, String partition, List<Interval<O>> history, long configurationsMax) {
    this.partition = partition;
    this.intervals = new ArrayList<>(history);
    intervals.sort(Comparator.comparingLong(Interval::call));
    this.entries = new Entries(intervals);
    this.transitions = new Transitions<>(model, intervals);
    this.seen = new ConfigurationSet(intervals.size());
    this.configurationsMax = configurationsMax;
    this.closed = (int) intervals.stream().filter(each -> !each.open()).count();
    this.taken = new int[intervals.size()];
    this.stateBefore = new int[intervals.size()];
  }

  /** How many configurations were looked at. */
  long configurations() {
    return seen.size();
  }

  Linearity<O> run() {
    int state = transitions.initial();
    int entry = entries.first();
    // Open operations need not have happened: all is done when all that were answered are taken.
    // Until then the answer of one that is not is in the list, so a walk always ends at one.
    while (closedTaken < closed) {
      if (seen.size() >= configurationsMax) {
        return new Linearity.Undecided<>(partition, seen.size());
      }
      if (entries.isCall(entry)) {
        int next = take(entries.operation(entry), state);
        if (next < 0) {
          entry = entries.after(entry);
        } else {
          state = next;
          entry = entries.first();
        }
        continue;
      }
      remember(entry);
      if (depth == 0) {
        return violated();
      }
      state = stateBefore[--depth];
      entry = entries.after(putBack(taken[depth]));
    }
    return new Linearity.Linearizable<>();
  }

  /** Takes the operation if it is possible and leads to something new; −1 if not. */
  private int take(int operation, int state) {
    int next = transitions.after(state, operation);
    if (next < 0) {
      return -1;
    }
    seen.take(operation);
    if (!seen.add(next)) {
      seen.putBack(operation);
      return -1;
    }
    taken[depth] = operation;
    stateBefore[depth++] = state;
    closedTaken += intervals.get(operation).open() ? 0 : 1;
    entries.lift(operation);
    return next;
  }

  /** Undoes the last choice; the entry of its call. */
  private int putBack(int operation) {
    seen.putBack(operation);
    closedTaken -= intervals.get(operation).open() ? 0 : 1;
    return entries.unlift(operation);
  }

  /**
   * An answer came up whose operation found no place: if never after so many answered ones, keep
   * the proof; among equals one that assumes little of those that were never answered.
   */
  private void remember(int entry) {
    boolean further = closedTaken > longestClosed;
    boolean simpler = closedTaken == longestClosed && depth < longest.length;
    if (stuck < 0 || further || simpler) {
      longest = Arrays.copyOf(taken, depth);
      longestClosed = closedTaken;
      stuck = entries.operation(entry);
    }
  }

  private Linearity<O> violated() {
    Interval<O> next = intervals.get(stuck);
    boolean[] placed = new boolean[intervals.size()];
    List<Interval<O>> prefix = new ArrayList<>(longest.length);
    int state = transitions.initial();
    for (int operation : longest) {
      prefix.add(intervals.get(operation));
      state = transitions.after(state, operation);
      placed[operation] = true;
    }
    List<Interval<O>> underWay = new ArrayList<>();
    for (int i = 0; i < placed.length; i++) {
      if (!placed[i] && i != stuck && intervals.get(i).call() <= next.answer()) {
        underWay.add(intervals.get(i));
      }
    }
    return new Linearity.Violated<>(partition, prefix, transitions.text(state), next, underWay);
  }
}
