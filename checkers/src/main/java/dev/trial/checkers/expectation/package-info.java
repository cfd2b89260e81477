/** Holds verdicts against what a claim says will happen. */
package dev.trial.checkers.expectation;
