package dev.trial.core.input;

/** Bad input: the message is one line that names the place and the nearest valid choice. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
