package dev.trial.checkers.expectation;

import java.util.Locale;

/** A verdict held against an expectation. */
public enum Outcome {
  /** Nothing unexpected, and nothing that proves a claim of breakage. */
  AS_EXPECTED,
  /** What the claim says breaks was seen to break, for the reason it gives, and nothing else. */
  WITNESS,
  /** An anomaly that the claim does not allow; of a claim: also a witness that never came. */
  FINDING,
  /** Nothing can be said. */
  UNKNOWN,
  /** The harness failed. */
  ERROR;

  /** The name in reports and JSON. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
