/**
 * Client programs: application code as a user writes it, against the public client API of the
 * oldest client they must run with, plus recording. Loaded by a realm by class name; only
 * kafka-clients, core types and the few concurrency types that a realm rewrites are used.
 */
package dev.trial.workloads.program;
