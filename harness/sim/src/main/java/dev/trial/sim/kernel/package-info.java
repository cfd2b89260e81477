/**
 * What the realm (the rewritten clients) needs of the simulated world: strands, virtual time,
 * sockets, entropy. The world implements it; the realm's runtime calls it.
 */
package dev.trial.sim.kernel;
