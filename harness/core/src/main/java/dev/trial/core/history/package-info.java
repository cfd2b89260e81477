/**
 * The history of a run: every operation of every process, every fault, every election and the final
 * dump of every replica, in the order they were seen. Verdicts are made from this and nothing else.
 */
package dev.trial.core.history;
