/**
 * The realm: a class loader under which one version of the real kafka-clients and application code
 * run in a simulation, rewritten as they load.
 */
package dev.trial.sim.realm;
