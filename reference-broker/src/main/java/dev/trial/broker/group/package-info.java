/**
 * The group coordinator: classic consumer groups and committed offsets (KIP-62, KIP-345, KIP-394),
 * kept on the internal topic {@code __consumer_offsets}. Groups of the next protocol (KIP-848) and
 * transactional offset commits have no handler yet, so they are not advertised.
 */
package dev.trial.broker.group;
