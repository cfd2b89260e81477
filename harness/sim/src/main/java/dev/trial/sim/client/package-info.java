/** Client processes of a run, each a {@code ClientProgram} on real kafka-clients in a realm. */
package dev.trial.sim.client;
