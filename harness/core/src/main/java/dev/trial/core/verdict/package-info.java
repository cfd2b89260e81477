/** Verdicts: anomalies with the operations that prove them, checkers, and what a claim expects. */
package dev.trial.core.verdict;
