/**
 * Partitions on a broker: leaders that append and count who has what, followers that fetch and
 * truncate by leader epoch, the in-sync set's handshake with the controller, and what clients read.
 */
package dev.trial.broker.replication;
