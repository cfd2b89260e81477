package dev.trial.live.artifact;

/** A jar is neither in the local repository nor to be had from a remote one. */
public final class ArtifactMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ArtifactMissingException(String coordinates, Throwable cause) {
    super(coordinates + " cannot be resolved", cause);
  }
}
