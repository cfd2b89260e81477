package dev.trial.results.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A run cannot be stored: the disk is full, the directory cannot be written to. The message is one
 * line with the path and the reason.
 */
public final class StoreException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  /** The file or directory that could not be written, and why. */
  public StoreException(Path path, IOException failure) {
    super(path + " cannot be written: " + FileProblem.reason(failure), failure);
  }
}
