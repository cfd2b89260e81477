package dev.trial.checkers.linear;

/**
 * An operation and the time in which it took effect, if it did.
 *
 * @param process who called; for explanations only
 * @param call when it was called, in any unit that only orders
 * @param answer when it was answered; {@link #NEVER} if that is not known, and then it may also
 *     never have taken effect
 */
public record Interval<O>(int process, O operation, long call, long answer) {

  /** No answer was seen. */
  public static final long NEVER = Long.MAX_VALUE;

  public Interval {
    if (answer < call) {
      throw new IllegalArgumentException(
          "answered at " + answer + ", before it was called at " + call + ": " + operation);
    }
  }

  /** True if no answer was seen. */
  public boolean open() {
    return answer == NEVER;
  }
}
