package dev.trial.app.input;

import dev.trial.core.input.UsageException;
import dev.trial.results.store.RunsLock;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Where {@code --out} says that something is to be written. */
public final class OutputPath {

  private OutputPath() {}

  /** Refuses the empty name, which is the working directory to a file system. */
  public static void check(Path out) {
    if (out.toString().isEmpty()) {
      throw new UsageException("--out '': names no place; leave it out, or write --out .");
    }
  }

  /** Locks of runs in a directory, which is made if need be: what cannot be written is told now. */
  public static RunsLock lock(Path out) {
    try {
      return RunsLock.in(out);
    } catch (UncheckedIOException refused) {
      throw new UsageException(refused.getMessage());
    }
  }
}
