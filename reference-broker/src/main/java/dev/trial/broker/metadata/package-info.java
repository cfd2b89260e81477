/**
 * The cluster's metadata: the records of the controller's replicated log, and the immutable image
 * that every node builds from the committed ones.
 */
package dev.trial.broker.metadata;
