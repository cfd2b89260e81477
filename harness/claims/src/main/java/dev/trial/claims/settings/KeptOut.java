package dev.trial.claims.settings;

/**
 * Something in a file that a trial does not take from it.
 *
 * @param key how the file calls it
 * @param reason why, as a part of a sentence
 */
public record KeptOut(String key, String reason) {

  /** As a line about the file at that place. */
  public String line(String place) {
    return place + ": kept out: " + key + " (" + reason + ")";
  }
}
