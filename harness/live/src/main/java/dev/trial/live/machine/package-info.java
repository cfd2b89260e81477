/**
 * Machines on real time: each runs one node on an event loop of its own, over TCP on loopback and
 * files in a directory. The same node code runs here and in simulation.
 */
package dev.trial.live.machine;
