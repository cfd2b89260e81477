/**
 * Fault schedules: generators that turn a seed and the settings under trial into plain data, the
 * catalogue of them, and the shrinker that finds the few faults that matter.
 */
package dev.trial.nemesis.schedule;
