package dev.trial.checkers.lag;

import java.util.Locale;

/**
 * How a group is doing on one partition. Burrow calls {@code OK} and {@code WARNING} by the same
 * names; the other three count as errors of the group (its {@code protocol.StatusConstant}).
 */
public enum LagStatus {
  /** It keeps up, or was at the end of the log at least once. */
  OK,
  /** It commits, but falls behind. */
  WARNING,
  /** It goes on committing the same offset although there is more to read; Burrow's STALL. */
  STALLED,
  /** It has not committed for longer than the window is; Burrow's STOP. */
  STOPPED,
  /** It committed a smaller offset than before and is not back yet; Burrow's REWIND. */
  REWOUND;

  /** The name in reports. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True for what Burrow calls an error. */
  public boolean error() {
    return switch (this) {
      case OK, WARNING -> false;
      case STALLED, STOPPED, REWOUND -> true;
    };
  }
}
