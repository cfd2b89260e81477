package dev.trial.engine.shrink;

/**
 * How often a run in real time shows what it is to show: it never happens twice in the same way.
 *
 * @param shown how many of the runs showed it
 * @param runs how many were held for the count, none of them chosen because it showed
 */
public record Rate(int shown, int runs) {

  /** As people read it. */
  public String words() {
    return shown + " of " + runs + " runs show it";
  }
}
