/**
 * Child processes that never outlive the harness, not even when they are paused and it is killed.
 */
package dev.trial.live.process;
