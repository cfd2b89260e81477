package dev.trial.checkers.linear;

import java.util.List;

/**
 * What a search found.
 *
 * @param <O> the operations
 */
public sealed interface Linearity<O> {

  /** There is such an order; of several objects each has one. */
  record Linearizable<O>() implements Linearity<O> {}

  /**
   * There is none.
   *
   * @param partition the object that is at fault
   * @param prefix an order of as many answered operations as any that is possible
   * @param state what the object holds after it
   * @param stuck the operation that is answered next, so must come now, and cannot
   * @param underWay the others that may come before it: were called before it was answered, and are
   *     not in the prefix. None of them helps, however they are ordered
   */
  record Violated<O>(
      String partition,
      List<Interval<O>> prefix,
      String state,
      Interval<O> stuck,
      List<Interval<O>> underWay)
      implements Linearity<O> {
    public Violated {
      prefix = List.copyOf(prefix);
      underWay = List.copyOf(underWay);
    }
  }

  /**
   * The budget was used up first.
   *
   * @param configurations how many were looked at
   */
  record Undecided<O>(String partition, long configurations) implements Linearity<O> {}
}
