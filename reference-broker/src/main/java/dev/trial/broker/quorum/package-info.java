/**
 * The replicated metadata log in the manner of KRaft (KIP-595, KIP-996): one leader per epoch, a
 * log that a majority of voters has, and followers that fetch it.
 */
package dev.trial.broker.quorum;
