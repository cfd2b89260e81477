/**
 * The wire: length-prefixed frames of Kafka's protocol, the table of supported APIs, requests in,
 * answers out, and calls to other nodes. Message classes are kafka-clients' generated ones; nothing
 * else of Kafka decides anything here.
 */
package dev.trial.broker.wire;
