/**
 * Workload plans: which topics and which client processes take part in a trial. Run outside the
 * realm, so they name programs by class name and touch no class of Kafka.
 */
package dev.trial.workloads.plan;
