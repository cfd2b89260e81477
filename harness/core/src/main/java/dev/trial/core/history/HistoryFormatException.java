package dev.trial.core.history;

import dev.trial.core.json.OneLine;
import java.io.IOException;

/** A history file is not what it should be; the message names line, column and what was found. */
public final class HistoryFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long line;
  private final int column;

  /** A problem at a place; {@code cause} may be null. */
  public HistoryFormatException(long line, int column, String problem, Throwable cause) {
    super("line " + line + ", column " + column + ": " + OneLine.of(problem), cause);
    this.line = line;
    this.column = column;
  }

  /** The line, from 1. */
  public long line() {
    return line;
  }

  /** The column in bytes, from 1. */
  public int column() {
    return column;
  }
}
