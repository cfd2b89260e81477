package dev.trial.checkers.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What operations do to states, by numbers: equal states have one, and equal operations are asked
 * about once in a state. A search comes to the same few states of a register again and again.
 */
final class Transitions<S, O> {
  private static final int IMPOSSIBLE = -1;
  private static final int NOT_ASKED = -2;
  private static final int REMEMBERED_MAX = 1 << 10;

  private final Model<S, O> model;
  private final List<Interval<O>> intervals;
  private final int[] classes;
  private final int classesRemembered;
  private final Map<S, Integer> numbers = new HashMap<>();
  private final List<S> states = new ArrayList<>();
  private final int[][] remembered = new int[REMEMBERED_MAX][];

  Transitions(Model<S, O> model, List<Interval<O>> intervals) {
    this.model = model;
    this.intervals = intervals;
    this.classes = new int[intervals.size()];
    Map<O, Integer> known = new HashMap<>();
    for (int i = 0; i < classes.length; i++) {
      Integer before = known.putIfAbsent(intervals.get(i).operation(), known.size());
      classes[i] = before == null ? known.size() - 1 : before;
    }
    this.classesRemembered = Math.min(known.size(), REMEMBERED_MAX);
  }

  /** The number of the state before the first operation. */
  int initial() {
    return number(model.initial());
  }

  /** The number of the state after an operation; negative if it is not possible. */
  int after(int state, int operation) {
    int of = classes[operation];
    if (state >= REMEMBERED_MAX || of >= classesRemembered) {
      return ask(state, operation);
    }
    int[] row = remembered[state];
    if (row == null) {
      row = new int[classesRemembered];
      Arrays.fill(row, NOT_ASKED);
      remembered[state] = row;
    }
    if (row[of] == NOT_ASKED) {
      row[of] = ask(state, operation);
    }
    return row[of];
  }

  /** A state for people. */
  String text(int state) {
    return String.valueOf(states.get(state));
  }

  private int ask(int state, int operation) {
    S after = model.step(states.get(state), intervals.get(operation).operation());
    return after == null ? IMPOSSIBLE : number(after);
  }

  private int number(S state) {
    Integer known = numbers.putIfAbsent(state, states.size());
    if (known != null) {
      return known;
    }
    states.add(state);
    return states.size() - 1;
  }
}
