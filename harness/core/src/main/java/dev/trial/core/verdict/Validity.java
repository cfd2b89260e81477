package dev.trial.core.verdict;

import java.util.Locale;

/** The judgement of one history. */
public enum Validity {
  /** No anomaly, and enough happened to say so. */
  VALID,
  /** At least one anomaly. */
  INVALID,
  /** Nothing can be said: vacuous, or over the budget. */
  UNKNOWN,
  /** The harness failed. */
  ERROR;

  /** The name in reports and JSON. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
