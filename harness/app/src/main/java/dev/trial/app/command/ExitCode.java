package dev.trial.app.command;

import dev.trial.core.verdict.Outcome;
import dev.trial.core.verdict.Validity;

/**
 * Exit codes: one list for every command, as {@code trial --help} prints it. A history or a run of
 * which several things can be said gets the gravest.
 */
public final class ExitCode {
  /** As expected, or valid; a command that judges nothing has done what it was asked for. */
  public static final int AS_EXPECTED = 0;

  /**
   * A finding: not as expected, or invalid; a replay that diverges, a mutant that is not caught.
   */
  public static final int FINDING = 1;

  /** Nothing can be said of at least one claim, or of the history. */
  public static final int UNKNOWN = 2;

  /** The command line or an input file is wrong. */
  public static final int USAGE = 64;

  /** The harness itself failed. */
  public static final int HARNESS_ERROR = 70;

  static final String HEADING = "%nExit codes of every command:%n";
  static final String OF_AS_EXPECTED = AS_EXPECTED + ":as expected, or valid";
  static final String OF_FINDING = FINDING + ":a finding: not as expected, or invalid";
  static final String OF_UNKNOWN = UNKNOWN + ":unknown: nothing can be said";
  static final String OF_USAGE = USAGE + ":wrong usage: the command line or an input file";
  static final String OF_HARNESS_ERROR = HARNESS_ERROR + ":the harness failed";

  private ExitCode() {}

  /** Of a history that is judged by itself. */
  static int of(Validity validity) {
    return switch (validity) {
      case VALID -> AS_EXPECTED;
      case INVALID -> FINDING;
      case UNKNOWN -> UNKNOWN;
      case ERROR -> HARNESS_ERROR;
    };
  }

  /** Of a run, or of all runs of claims, held against what is expected. */
  static int of(Outcome outcome) {
    return switch (outcome) {
      case NOT_APPLICABLE, AS_EXPECTED, WITNESS -> AS_EXPECTED;
      case FINDING -> FINDING;
      case UNKNOWN -> UNKNOWN;
      case ERROR -> HARNESS_ERROR;
    };
  }
}
