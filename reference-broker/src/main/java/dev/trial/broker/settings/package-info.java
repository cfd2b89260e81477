/** Broker and topic settings by Kafka's names, with Kafka's defaults. */
package dev.trial.broker.settings;
