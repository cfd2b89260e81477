/**
 * What rewritten code calls instead of the JDK. Loaded once per realm, never by the harness itself:
 * the statics here are the realm's own, so that simulations in other realms run beside it.
 */
package dev.trial.sim.realm.runtime;
