/** Checkers: pure functions from a history to findings, one file per family of anomalies. */
package dev.trial.checkers;
