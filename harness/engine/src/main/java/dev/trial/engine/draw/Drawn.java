package dev.trial.engine.draw;

import dev.trial.engine.campaign.RunRequest;
import java.util.SortedSet;

/**
 * What a seed stands for.
 *
 * @param about the claim on trial, or the workload of a run without one
 * @param planned what the run is made to touch; whether it does is seen in its history
 */
public record Drawn(long seed, RunRequest request, String about, SortedSet<String> planned) {}
