package dev.trial.app.command;

/** How wide the terminal is that standard output goes to. */
final class TerminalWidth {
  /** Set by the launcher, which alone knows whether standard output is a terminal. */
  static final String PROPERTY = "trial.columns";

  /** Narrower ones get lines of this width, which they fold. */
  private static final int LEAST = 40;

  /** Of one that does not know its width and says 0. */
  private static final int USUAL = 80;

  private TerminalWidth() {}

  /** Columns; {@link Integer#MAX_VALUE} where output goes to a file or another program. */
  static int columns() {
    Integer told = Integer.getInteger(PROPERTY);
    if (told == null) {
      return Integer.MAX_VALUE;
    }
    return told <= 0 ? USUAL : Math.max(LEAST, told);
  }
}
