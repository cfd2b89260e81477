/** Runs that a team keeps, as files: what failed once is tried first the next time. */
package dev.trial.engine.corpus;
