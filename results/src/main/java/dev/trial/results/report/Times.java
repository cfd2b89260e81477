package dev.trial.results.report;

/** Times as the page wants them. */
final class Times {

  private Times() {}

  /** Seconds since the start of the run, to the millisecond. */
  static double seconds(long timeNs) {
    return Math.round(timeNs / 1e6) / 1e3;
  }
}
