package dev.trial.app.command;

/** Exit codes of every command. */
public final class ExitCode {
  /** Everything as expected. */
  public static final int AS_EXPECTED = 0;

  /** At least one finding. */
  public static final int FINDING = 1;

  /** Nothing can be said for at least one claim. */
  public static final int UNKNOWN = 2;

  /** The command line or an input file is wrong. */
  public static final int USAGE = 64;

  /** The harness itself failed. */
  public static final int HARNESS_ERROR = 70;

  private ExitCode() {}
}
