package dev.trial.broker.log;

/** A record found by its timestamp; both −1 when there is none. */
public record TimedOffset(long timestamp, long offset) {
  public static final TimedOffset NONE = new TimedOffset(-1, -1);
}
