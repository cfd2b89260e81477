/** The reference cluster as the harness drives it: nodes on machines, roles, what can be done. */
package dev.trial.broker.cluster;
