package dev.trial.checkers.lag;

import java.util.Locale;

/** How a group is doing on one partition; the last two are errors. */
public enum LagStatus {
  /** It keeps up, or was at the end of the log at least once. */
  OK,
  /** It commits, but falls behind. */
  WARNING,
  /** It goes on committing the same offset although there is more to read. */
  STALLED,
  /** It has not committed for longer than the window is. */
  STOPPED;

  /** The name in reports. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True for what Burrow calls an error. */
  public boolean error() {
    return this == STALLED || this == STOPPED;
  }
}
