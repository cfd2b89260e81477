/**
 * Real Kafka as local processes: brokers and dedicated controllers from their released jars, with a
 * listener per source, so that each link can have a proxy of its own without Docker or root.
 */
package dev.trial.live.kafka;
