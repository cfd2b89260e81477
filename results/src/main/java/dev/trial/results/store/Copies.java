package dev.trial.results.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies of whole directories. */
public final class Copies {

  private Copies() {}

  /**
   * Copies all that is in a directory; where there is no such directory, nothing.
   *
   * @throws StoreException if it cannot be written
   */
  public static void of(Path directory, Path copy) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    for (Path each : all(directory)) {
      Path to = copy.resolve(directory.relativize(each).toString());
      try {
        if (Files.isDirectory(each)) {
          Files.createDirectories(to);
        } else {
          Files.copy(each, to, StandardCopyOption.REPLACE_EXISTING);
        }
      } catch (IOException e) {
        throw new StoreException(to, e);
      }
    }
  }

  private static List<Path> all(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be read: " + FileProblem.reason(e), e);
    }
  }
}
