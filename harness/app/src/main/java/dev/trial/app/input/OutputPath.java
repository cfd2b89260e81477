package dev.trial.app.input;

import dev.trial.core.input.UsageException;
import dev.trial.results.store.RunsLock;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

  /**
   * Refuses a file that cannot be written, before the work.
   *
   * @param file null if nobody asked for one
   */
  public static void checkFile(String option, Path file) {
    if (file == null) {
      return;
    }
    if (file.toString().isEmpty() || Files.isDirectory(file)) {
      throw new UsageException(option + " '" + file + "': is no name of a file");
    }
    Path existing = file.toAbsolutePath().getParent();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw new UsageException(
          option + " " + file + ": cannot be written: " + existing + " is no directory for it");
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
