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
   * @param prefix the longest order that was possible
   * @param stuck the operation that must come before anything else can end, and fits nowhere
   */
  record Violated<O>(String partition, List<Interval<O>> prefix, Interval<O> stuck)
      implements Linearity<O> {}

  /**
   * The budget was used up first.
   *
   * @param configurations how many were looked at
   */
  record Undecided<O>(String partition, long configurations) implements Linearity<O> {}
}
