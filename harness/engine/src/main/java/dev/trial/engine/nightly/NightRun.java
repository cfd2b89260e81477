package dev.trial.engine.nightly;

import dev.trial.core.verdict.Outcome;
import dev.trial.engine.shrink.Sign;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * One run of a campaign, as its journal keeps it.
 *
 * @param item its place in the campaign; runs of the corpus have {@link #OF_CORPUS}
 * @param corpus the entry that it is a run of; null for a drawn run
 * @param run its name, and its directory's where it is stored
 * @param about the claim on trial, or the workload of an exploring run
 * @param reason why it is unknown, not applicable or in error; null otherwise
 * @param sign the gravest anomaly that is not allowed; null without one
 * @param sentence what that was, in words; null without one
 * @param also what else it showed that is not allowed
 * @param historySha256 null where there is no history
 * @param traceHash null where time is real
 * @param elapsedMs of the campaign's time, when the run was over
 * @param points what it touched
 */
public record NightRun(
    long item,
    String corpus,
    String run,
    String about,
    String target,
    String client,
    long seed,
    Outcome outcome,
    String reason,
    Map<String, Integer> anomalies,
    Sign sign,
    String sentence,
    List<Sign> also,
    long operations,
    int faults,
    long simulatedMs,
    long wallMs,
    String historySha256,
    String traceHash,
    long elapsedMs,
    SortedSet<String> points) {
  static final long OF_CORPUS = -1;

  /** True if it showed that, and may not. */
  public boolean shows(Sign anomaly) {
    return anomaly.equals(sign) || also.contains(anomaly);
  }

  /** True if it was drawn, and is not a run of the corpus. */
  public boolean drawn() {
    return corpus == null;
  }
}
