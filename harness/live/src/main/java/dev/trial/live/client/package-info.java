/**
 * Client processes of a live run: each a JVM of its own with its own kafka-clients version, so that
 * kill -9, SIGSTOP and SIGCONT are real. What it does comes back over a loopback socket, in the
 * form of a history file.
 */
package dev.trial.live.client;
