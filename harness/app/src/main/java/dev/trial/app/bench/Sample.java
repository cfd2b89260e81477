package dev.trial.app.bench;

import dev.trial.core.verdict.Verdict;
import dev.trial.engine.campaign.RunResult;

/**
 * One measured run, from spec to verdict.
 *
 * @param wallNs time on the clock of the machine
 * @param simulatedMs virtual time that passed
 * @param events events that fired and turns that client threads took
 * @param acknowledged records
 * @param operations of the history
 * @param liveBytes of heap after the run, while its simulation and its history are still held; 0 if
 *     nobody looked
 */
record Sample(
    long wallNs,
    long simulatedMs,
    long events,
    long acknowledged,
    long operations,
    int faults,
    long liveBytes) {

  static Sample of(RunResult result, long events, long wallNs, long liveBytes) {
    Verdict verdict = result.verdict();
    if (verdict == null) {
      throw new IllegalStateException("the run failed: " + result.summary().reason());
    }
    return new Sample(
        wallNs,
        result.summary().simulatedMs(),
        events,
        result.summary().statistics().getOrDefault("acknowledged", 0L),
        result.summary().operations(),
        result.summary().spec().faults().size(),
        liveBytes);
  }

  double speed() {
    return simulatedMs * 1e6 / wallNs;
  }
}
