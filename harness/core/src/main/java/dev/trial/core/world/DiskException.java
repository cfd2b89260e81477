package dev.trial.core.world;

/** The disk refused: full, read error, or the log directory has failed. */
public final class DiskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DiskException(String message) {
    super(message);
  }

  public DiskException(String message, Throwable cause) {
    super(message, cause);
  }
}
