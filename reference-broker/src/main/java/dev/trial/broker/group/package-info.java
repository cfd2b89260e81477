/**
 * The group coordinator: classic consumer groups and committed offsets (KIP-62, KIP-345, KIP-394),
 * kept on the internal topic {@code __consumer_offsets}; groups of the consumer protocol (KIP-848)
 * are pure state in {@link dev.trial.broker.group.consumer}. A group moves from one protocol to the
 * other only while it is empty.
 */
package dev.trial.broker.group;
