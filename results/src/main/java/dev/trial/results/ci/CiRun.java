package dev.trial.results.ci;

import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Outcome;

/**
 * A run, or an entry of a corpus, as a test case of a CI server.
 *
 * @param about the claim on trial, or the workload of a run without one: the suite
 * @param name unique in its suite
 * @param outcome how it ended; one that is not as it should be fails
 * @param kind the gravest anomaly that is not allowed; null without one
 * @param cause of that anomaly; null without one
 * @param message what happened, in a sentence; null where nothing is to be told
 * @param note what else a reader should know, such as since when it is known; null without one
 * @param replay the command that runs it again; null where there is none
 * @param spec path of the file that reproduces it; null where there is none
 * @param wallMs how long it took, in milliseconds
 */
public record CiRun(
    String about,
    String name,
    Outcome outcome,
    AnomalyKind kind,
    Cause cause,
    String message,
    String note,
    String replay,
    String spec,
    long wallMs) {

  /** What is wrong, all that is known of it, a line each. */
  String details() {
    StringBuilder lines = new StringBuilder();
    line(lines, message);
    line(lines, note);
    line(lines, replay);
    line(lines, spec == null ? null : "spec: " + spec);
    return lines.toString();
  }

  private static void line(StringBuilder lines, String text) {
    if (text != null) {
      lines.append(text).append('\n');
    }
  }
}
