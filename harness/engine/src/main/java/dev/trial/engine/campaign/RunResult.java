package dev.trial.engine.campaign;

import dev.trial.checkers.expectation.RunOutcome;
import dev.trial.core.history.History;
import dev.trial.core.verdict.Verdict;
import dev.trial.results.store.RunSummary;
import java.util.List;

/**
 * A run that was held and judged.
 *
 * @param history null if the run was not applicable or failed
 * @param verdict null likewise
 * @param outcome null if the run was not applicable
 * @param missed the faults of its schedule that hit nobody, a sentence each
 */
public record RunResult(
    RunRequest request,
    RunSummary summary,
    History history,
    Verdict verdict,
    RunOutcome outcome,
    List<String> missed) {

  /** One that has nothing to say of its faults. */
  RunResult(
      RunRequest request,
      RunSummary summary,
      History history,
      Verdict verdict,
      RunOutcome outcome) {
    this(request, summary, history, verdict, outcome, List.of());
  }

  /** The same without the history, for keeping many results. */
  RunResult slim() {
    return new RunResult(request, summary, null, verdict, outcome, missed);
  }
}
