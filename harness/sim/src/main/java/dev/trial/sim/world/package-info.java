/**
 * The simulated world: one virtual clock, one event queue, strands that run one at a time, machines
 * with disks, and a network of byte streams between them and the client processes. Everything that
 * happens is mixed into a rolling trace hash: same seed, same hash, on every JVM.
 */
package dev.trial.sim.world;
