package dev.trial.checkers.graph;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntUnaryOperator;

/** An unmodifiable set of whole numbers that are computed from consecutive places. */
final class IntRange extends AbstractSet<Integer> {
  private final int from;
  private final int to;
  private final IntUnaryOperator at;

  /** The numbers {@code at} the places from, … to−1; all different. */
  IntRange(int from, int to, IntUnaryOperator at) {
    this.from = from;
    this.to = to;
    this.at = at;
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public Iterator<Integer> iterator() {
    return new Iterator<>() {
      private int next = from;

      @Override
      public boolean hasNext() {
        return next < to;
      }

      @Override
      public Integer next() {
        if (next >= to) {
          throw new NoSuchElementException();
        }
        return at.applyAsInt(next++);
      }
    };
  }
}
