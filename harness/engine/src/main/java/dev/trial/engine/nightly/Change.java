package dev.trial.engine.nightly;

import dev.trial.engine.corpus.Entry;

/**
 * What became of an entry of the corpus in a campaign.
 *
 * @param entry as it is now
 * @param run the run that tells it
 */
public record Change(Entry entry, Kind kind, NightRun run) {

  /** What became of it. */
  public enum Kind {
    /** Nobody had seen that before. */
    NEW("new"),
    /** It shows again, after it was fixed. */
    REGRESSION("regression"),
    /** It shows as before. */
    STILL("still there"),
    /** It does not show any more. */
    FIXED("fixed"),
    /** It is still fixed. */
    QUIET("still fixed"),
    /** Its run said nothing. */
    UNTOLD("cannot be told");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For tables. */
    public String words() {
      return words;
    }

    /** True if a run of the campaign showed the anomaly. */
    public boolean shown() {
      return this == NEW || this == REGRESSION || this == STILL;
    }
  }
}
