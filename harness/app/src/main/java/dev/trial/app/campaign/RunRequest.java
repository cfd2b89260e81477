package dev.trial.app.campaign;

import dev.trial.app.claim.Experiment;
import dev.trial.core.run.RunSpec;

/**
 * A run to be held.
 *
 * @param name of the run and its directory
 * @param sentence the claim's sentence; null for a free run
 */
public record RunRequest(String name, RunSpec spec, Experiment experiment, String sentence) {}
