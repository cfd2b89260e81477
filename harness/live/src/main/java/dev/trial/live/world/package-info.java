/** The harness's own time and tasks when time is real. */
package dev.trial.live.world;
