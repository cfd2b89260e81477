package dev.trial.core.verdict;

/**
 * What a checker may use before it gives up and answers {@code unknown}: time on the clock of the
 * machine, bytes of heap. Checkers are pure, so whoever runs them measures.
 */
public interface Budget {

  /** No limit. */
  Budget UNLIMITED = () -> null;

  /** What was used up, to follow "stopped because"; null while there is enough. Cheap to ask. */
  String spent();
}
