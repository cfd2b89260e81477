/** Clusters of Kafka's images behind proxies, by Testcontainers and Toxiproxy. */
package dev.trial.containers;
