package dev.trial.engine.shrink;

import dev.trial.engine.campaign.RunResult;

/**
 * What came of shrinking in real time.
 *
 * @param before the size of the first run that showed the sign
 * @param smallest a run of the smallest spec that shows it, stored
 * @param rate how often that spec shows it
 * @param held how many runs were held in all
 */
public record Repeated(
    Sign sign, Size before, Size after, RunResult smallest, Rate rate, int held) {}
