/**
 * Where the log lines of client code go: to their simulation, WARN and above; DEBUG and INFO cost
 * nothing. Outside of simulations, to standard error unless told to be quiet.
 */
package dev.trial.sim.log;
