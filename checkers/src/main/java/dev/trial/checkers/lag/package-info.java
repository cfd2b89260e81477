/** Whether a consumer keeps up, by the rules of Burrow, LinkedIn's monitor of consumer lag. */
package dev.trial.checkers.lag;
