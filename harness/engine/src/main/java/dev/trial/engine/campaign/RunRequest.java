package dev.trial.engine.campaign;

import dev.trial.claims.Experiment;
import dev.trial.core.run.RunSpec;
import dev.trial.results.store.RunSummary;

/**
 * A run to be held.
 *
 * @param name of the run and its directory
 * @param sentence the claim's sentence; null for a free run
 * @param profile what its settings are called: a claim's own have the name of the claim
 */
public record RunRequest(
    String name, RunSpec spec, Experiment experiment, String sentence, String profile) {

  /** A run with the settings of its claim. */
  public RunRequest(String name, RunSpec spec, Experiment experiment, String sentence) {
    this(name, spec, experiment, sentence, RunSummary.claim(spec));
  }
}
