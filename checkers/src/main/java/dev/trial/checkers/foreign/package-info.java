/** Histories as other tools write them. */
package dev.trial.checkers.foreign;
