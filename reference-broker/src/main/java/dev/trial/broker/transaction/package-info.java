/**
 * The transaction coordinator (KIP-98, KIP-360, KIP-588, KIP-664, KIP-890): the state of
 * transactions in {@code __transaction_state}, the markers that end them in every partition, and
 * the questions of other brokers about them.
 */
package dev.trial.broker.transaction;
