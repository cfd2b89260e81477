package dev.trial.engine.shrink;

import dev.trial.checkers.Judge;
import dev.trial.checkers.expectation.RunOutcome;
import dev.trial.claims.Experiment;
import dev.trial.claims.Experiments;
import dev.trial.core.history.History;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.Rulebook;
import dev.trial.engine.campaign.Specs;
import java.util.List;

/** What a history that was recorded shows: a run in real time cannot be held again to see. */
public final class Recorded {

  private Recorded() {}

  /** Its signs, as {@link Sign#of(RunOutcome)} tells them. */
  public static List<Sign> signs(RunSpec spec, History history) {
    Experiment experiment = Experiments.of(spec);
    return Sign.of(
        RunOutcome.judge(
            experiment.expectation(spec.client()),
            Judge.judge(history, Rulebook.of(spec, Specs.plan(spec), experiment))));
  }
}
