/**
 * Runs: the spec that fully determines one, the phases it goes through, and the client programs it
 * drives.
 */
package dev.trial.core.run;
