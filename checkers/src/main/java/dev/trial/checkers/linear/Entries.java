package dev.trial.checkers.linear;

import java.util.Arrays;
import java.util.List;

/**
 * Calls and answers by time in a doubly linked list over arrays. Entry {@code 2k} is the call of
 * operation k, {@code 2k+1} its answer; open operations have no answer here.
 */
final class Entries {
  static final int NONE = -1;

  private final int[] next;
  private final int[] previous;
  private final boolean[] open;
  private final int head;

  /** {@code intervals} are in the order of their calls. */
  Entries(List<? extends Interval<?>> intervals) {
    int operations = intervals.size();
    this.head = 2 * operations;
    this.next = new int[head + 1];
    this.previous = new int[head + 1];
    this.open = new boolean[operations];
    long[] answers = new long[operations];
    for (int i = 0; i < operations; i++) {
      open[i] = intervals.get(i).open();
      answers[i] = intervals.get(i).answer();
    }
    link(intervals, byAnswer(answers));
  }

  private static int[] byAnswer(long[] answers) {
    Integer[] order = new Integer[answers.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (one, other) -> Long.compare(answers[one], answers[other]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  /** At the same time a call comes before an answer: then the two may have overlapped. */
  private void link(List<? extends Interval<?>> intervals, int[] byAnswer) {
    int last = head;
    int answered = 0;
    for (int i = 0; i <= intervals.size(); i++) {
      long until = i < intervals.size() ? intervals.get(i).call() : Interval.NEVER;
      while (answered < byAnswer.length && intervals.get(byAnswer[answered]).answer() < until) {
        last = join(last, 2 * byAnswer[answered++] + 1);
      }
      if (i < intervals.size()) {
        last = join(last, 2 * i);
      }
    }
    next[last] = NONE;
  }

  private int join(int last, int entry) {
    next[last] = entry;
    previous[entry] = last;
    return entry;
  }

  int first() {
    return next[head];
  }

  int after(int entry) {
    return next[entry];
  }

  boolean isCall(int entry) {
    return (entry & 1) == 0;
  }

  int operation(int entry) {
    return entry >> 1;
  }

  /** Takes both entries of an operation out. */
  void lift(int operation) {
    remove(2 * operation);
    if (!open[operation]) {
      remove(2 * operation + 1);
    }
  }

  /** Puts both back where they were; lifts are undone in reverse order. Its call's entry. */
  int unlift(int operation) {
    if (!open[operation]) {
      insert(2 * operation + 1);
    }
    insert(2 * operation);
    return 2 * operation;
  }

  private void remove(int entry) {
    next[previous[entry]] = next[entry];
    if (next[entry] != NONE) {
      previous[next[entry]] = previous[entry];
    }
  }

  private void insert(int entry) {
    next[previous[entry]] = entry;
    if (next[entry] != NONE) {
      previous[next[entry]] = entry;
    }
  }
}
