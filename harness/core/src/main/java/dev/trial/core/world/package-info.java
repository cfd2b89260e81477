/**
 * The only way to touch the outside: clocks, timers, tasks, network, disk and named random streams.
 *
 * <p>Two implementations exist: the simulated world, where time is virtual and every run of a seed
 * is the same, and the live world on real time. Nothing else in the project reads a clock, starts a
 * thread, draws entropy, opens a socket or touches a file.
 */
package dev.trial.core.world;
