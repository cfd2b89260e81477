package dev.trial.engine.shrink;

import dev.trial.engine.campaign.RunResult;

/**
 * What came of shrinking.
 *
 * @param smallest the smallest run that shows the sign, with its history
 * @param held how many runs were held for it
 * @param cutShort whether the budget ended it: more could go
 */
public record Shrunk(
    Sign sign, Size before, Size after, RunResult smallest, int held, boolean cutShort) {}
