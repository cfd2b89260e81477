package dev.trial.core.input;

/**
 * What a command was asked for is right, but this machine does not let it: no network, no space, no
 * permission, no memory. The message is one line that names the place and the reason.
 */
public final class MissingMeansException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MissingMeansException(String message) {
    super(message);
  }
}
