/** What went wrong in a run, as one tells it. */
package dev.trial.results.story;
