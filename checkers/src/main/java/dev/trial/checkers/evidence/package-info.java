/** What a history proves, gathered once in one pass and shared by every checker. */
package dev.trial.checkers.evidence;
