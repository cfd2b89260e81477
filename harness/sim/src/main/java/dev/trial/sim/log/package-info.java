/**
 * Where the log lines of client code go: to their simulation, WARN and above; DEBUG and INFO cost
 * nothing. Outside of simulations only ERROR is shown, on standard error: an administrator's client
 * that warns of a broker which was just killed says nothing new.
 */
package dev.trial.sim.log;
