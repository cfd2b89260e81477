package dev.trial.engine.campaign;

import dev.trial.checkers.expectation.RunOutcome;
import dev.trial.core.history.History;
import dev.trial.core.verdict.Verdict;
import dev.trial.results.store.RunSummary;

/**
 * A run that was held and judged.
 *
 * @param history null if the run was not applicable or failed
 * @param verdict null likewise
 * @param outcome null if the run was not applicable
 */
public record RunResult(
    RunRequest request, RunSummary summary, History history, Verdict verdict, RunOutcome outcome) {

  /** The same without the history, for keeping many results. */
  RunResult slim() {
    return new RunResult(request, summary, null, verdict, outcome);
  }
}
