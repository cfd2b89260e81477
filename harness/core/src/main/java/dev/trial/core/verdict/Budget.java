package dev.trial.core.verdict;

/**
 * What a checker may use before it gives up and answers {@code unknown}: time on the clock of the
 * machine and bytes of heap, or, where the answer must be the same each time, steps. Checkers are
 * pure, so whoever runs them measures; only steps they count themselves.
 */
public interface Budget {

  /** What {@link #spent} says of the heap begins so. */
  String HEAP_IS_FULL = "the heap is full";

  /** No limit. */
  Budget UNLIMITED = () -> null;

  /** What was used up, to follow "stopped because"; null while there is enough. Cheap to ask. */
  String spent();

  /** The same after so many steps more. A step is a look at one operation or record. */
  default String spend(long steps) {
    return spent();
  }
}
