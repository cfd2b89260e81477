/**
 * Histories of Jepsen's Kafka workload ({@code jepsen.tests.kafka}): read from EDN into columns of
 * primitives, and judged by the rules of that workload.
 */
package dev.trial.checkers.jepsen;
