package dev.trial.core.history;

/**
 * One line of a history.
 *
 * @param index position in the history, from 0
 * @param timeNs nanoseconds since the start of the run
 * @param process the process that did it; a process id is never reused, not even by the next
 *     incarnation of the same client ({@link #HARNESS} for faults, elections, phases)
 * @param stage invoke, ok, fail or info
 * @param invocation index of the invocation this completes, −1 where there is none
 * @param action what was done, with what is known of it at this stage
 */
public record Operation(
    long index, long timeNs, int process, Stage stage, long invocation, Action action) {

  /** The process id of the harness itself. */
  public static final int HARNESS = -1;

  /** The value of {@link #invocation} where there is none. */
  public static final long NO_INVOCATION = -1;
}
