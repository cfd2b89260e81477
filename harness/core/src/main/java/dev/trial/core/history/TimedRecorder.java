package dev.trial.core.history;

/**
 * A recorder that also takes operations of other operating-system processes: they come a little
 * after they happened, with the time at which they did.
 */
public interface TimedRecorder extends Recorder {

  /**
   * Records an operation that happened at a known time, and returns its index.
   *
   * @param timeNs nanoseconds since the start of the run
   * @param invocation index of the invocation it completes, {@link Operation#NO_INVOCATION} if none
   */
  long record(long timeNs, int process, Stage stage, long invocation, Action action);
}
