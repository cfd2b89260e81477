/**
 * The HTML report of a run: one self-contained file with the verdict, the proof, and what happened
 * when. Each section reads the history once and describes itself as JSON; the page draws it.
 */
package dev.trial.results.report;
