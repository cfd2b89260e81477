package dev.trial.checkers.append;

import dev.trial.core.history.Stage;
import java.util.List;

/**
 * A transaction from its invocation to its end.
 *
 * @param stage ok: committed; fail: certainly not; info: nobody knows
 * @param invoked index of its invocation in the history; {@code Long.MIN_VALUE} if it has none
 * @param completed index of its completion, {@code Long.MAX_VALUE} if it has none or ended as info:
 *     it may then take effect at any later time
 * @param named the index to call it by: of its completion, or else its invocation
 * @param ops what it did, in order; what was read is known of committed transactions only
 */
public record Transaction(
    int process, Stage stage, long invoked, long completed, long named, List<MicroOp> ops) {

  public Transaction {
    ops = List.copyOf(ops);
  }

  /** True if it certainly did not happen. */
  boolean aborted() {
    return stage == Stage.FAIL;
  }

  /** True if it certainly happened. */
  boolean committed() {
    return stage == Stage.OK;
  }
}
