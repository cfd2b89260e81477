/** The three worlds as targets of a run: simulation, the live reference cluster, real Kafka. */
package dev.trial.engine.targets;
