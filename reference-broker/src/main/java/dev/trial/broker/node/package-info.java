/**
 * A broker's membership of the cluster: registration and heartbeats, following the metadata log,
 * reaching the active controller, and what clients ask about metadata.
 */
package dev.trial.broker.node;
