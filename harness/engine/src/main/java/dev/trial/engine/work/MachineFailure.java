package dev.trial.engine.work;

import dev.trial.results.store.FileProblem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A failure that comes from the machine and not from this program: no memory, no space, no
 * permission, no temporary directory. Whoever meets one needs the place and the reason, not a
 * trace.
 */
public final class MachineFailure {
  private static final String TEMPORARY = "java.io.tmpdir";

  private MachineFailure() {}

  /** One line about it; empty if the failure is of another kind. */
  public static Optional<String> of(Throwable failure) {
    return causes(failure).map(MachineFailure::told).flatMap(Optional::stream).findFirst();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause);
  }

  private static Optional<String> told(Throwable each) {
    if (each instanceof OutOfMemoryError) {
      return Optional.of(HeapLimit.sentence() + "; " + HeapLimit.remedy());
    }
    if (each instanceof LinkageError || each instanceof IOException) {
      Optional<String> temporary = temporary();
      if (temporary.isPresent()) {
        return temporary;
      }
    }
    if (each instanceof FileSystemException file && file.getFile() != null) {
      return Optional.of(file.getFile() + ": " + FileProblem.reason(file));
    }
    return each instanceof IOException io && full(io)
        ? Optional.of("a file cannot be written: " + FileProblem.reason(io))
        : Optional.empty();
  }

  /** Native libraries are unpacked there. */
  private static Optional<String> temporary() {
    Path directory = Path.of(System.getProperty(TEMPORARY));
    return Files.isDirectory(directory) && Files.isWritable(directory)
        ? Optional.empty()
        : Optional.of(
            TEMPORARY
                + ": "
                + directory
                + " is no directory that can be written to; name another, as in"
                + " TRIAL_JAVA_OPTS=-D"
                + TEMPORARY
                + "=DIR ./trial ...");
  }

  private static boolean full(IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return Stream.of("no space left", "quota exceeded", "too many open files")
        .anyMatch(message::contains);
  }
}
