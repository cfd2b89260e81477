package dev.trial.core.verdict;

import java.util.Locale;

/** A verdict held against an expectation, from the least grave to the gravest. */
public enum Outcome {
  /** The run, or the claim as a whole, makes no sense in that world or with that version. */
  NOT_APPLICABLE,
  /** Nothing unexpected, and nothing that proves a claim of breakage. */
  AS_EXPECTED,
  /** What the claim says breaks was seen to break, for the reason it gives, and nothing else. */
  WITNESS,
  /** Nothing can be said. */
  UNKNOWN,
  /** An anomaly that the claim does not allow; of a claim: also a witness that never came. */
  FINDING,
  /** The harness failed. */
  ERROR;

  /** The name in reports and JSON. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name in tables. */
  public String words() {
    return id().replace('-', ' ');
  }

  /** How a run is told: a witness is as expected, only the claim as a whole can say more. */
  public Outcome ofRun() {
    return this == WITNESS ? AS_EXPECTED : this;
  }

  /** Nobody needs to look. */
  public boolean asItShouldBe() {
    return compareTo(WITNESS) <= 0;
  }

  /** The graver of the two. */
  public Outcome orWorse(Outcome other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
