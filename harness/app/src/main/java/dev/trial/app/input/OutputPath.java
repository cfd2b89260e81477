package dev.trial.app.input;

import dev.trial.core.input.UsageException;
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
}
