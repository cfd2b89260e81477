package dev.trial.checkers.evidence;

import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Stage;

/**
 * One partition's part of a commit.
 *
 * @param invoked index of the invocation; of the completion for a commit made inside the client
 * @param completed index of the completion, {@link Long#MAX_VALUE} if none came or it is unknown
 * @param outcome ok, fail, or info (also where no completion came)
 */
public record CommitFact(
    int process, Commit.Mode mode, long offset, long invoked, long completed, Stage outcome) {

  /** True if it may still land after {@code index}. */
  public boolean mayLandAfter(long index) {
    return outcome == Stage.INFO || (outcome == Stage.OK && completed > index);
  }

  /** The operation to show for it. */
  public long shown() {
    return completed == Long.MAX_VALUE ? invoked : completed;
  }
}
