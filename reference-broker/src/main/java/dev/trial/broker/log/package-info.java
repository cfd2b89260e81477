/**
 * One partition's log on the world's disk: segments of record batches, the leader-epoch cache, what
 * is known of producers, and recovery after a crash or a power loss.
 */
package dev.trial.broker.log;
