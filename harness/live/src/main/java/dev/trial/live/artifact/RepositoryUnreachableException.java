package dev.trial.live.artifact;

/** A jar is not in the local repository, and whether it was released could not be asked. */
public final class RepositoryUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  RepositoryUnreachableException(String coordinates, TransferFailure failure) {
    super(coordinates + ": " + failure.sentence(), failure.cause());
    this.reason = failure.sentence();
  }

  /** Which repository was asked, and what came of it. */
  public String reason() {
    return reason;
  }
}
