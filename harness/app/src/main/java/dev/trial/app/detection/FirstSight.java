package dev.trial.app.detection;

import dev.trial.app.bench.Stopwatch.Lapse;

/**
 * How soon a defect was seen, of seeds that were tried in order, one run at a time.
 *
 * @param seen false if no run showed it
 * @param runs that were held, the one that showed it included
 * @param lapse from the first to the verdict of the last
 */
record FirstSight(boolean seen, int runs, Lapse lapse) {}
