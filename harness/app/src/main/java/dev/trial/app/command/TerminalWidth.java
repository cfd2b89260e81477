package dev.trial.app.command;

/** How wide the terminal is that standard output goes to. */
final class TerminalWidth {
  /** Set by the launcher, which alone knows whether standard output is a terminal. */
  static final String PROPERTY = "trial.columns";

  /** Narrower ones get lines of this width, which they fold. */
  private static final int LEAST = 40;

  private TerminalWidth() {}

  /** Columns; {@link Integer#MAX_VALUE} where output goes to a file or another program. */
  static int columns() {
    Integer told = Integer.getInteger(PROPERTY);
    return told == null ? Integer.MAX_VALUE : Math.max(LEAST, told);
  }
}
