package dev.trial.results.index;

import dev.trial.core.verdict.Outcome;

/**
 * What an overview needs of a run.
 *
 * @param about the claim on trial, or the workload of a free run
 * @param reason why it is unknown, not applicable or in error; null otherwise
 * @param anomalies whether any anomaly was seen, allowed or not
 * @param shown the gravest anomaly that is not allowed; of a finding never null
 * @param simulatedMs length of the run in its own time
 */
public record IndexedRun(
    String about,
    long seed,
    Outcome outcome,
    String reason,
    boolean anomalies,
    Shown shown,
    long simulatedMs) {

  public IndexedRun {
    if (outcome == Outcome.FINDING && shown == null) {
      throw new IllegalArgumentException("a finding without an anomaly that is not allowed");
    }
  }
}
