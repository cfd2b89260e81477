package dev.trial.app.input;

import dev.trial.claims.NamedProfiles;
import dev.trial.claims.ProfileFile;
import dev.trial.core.input.UsageException;
import dev.trial.core.profile.Profile;
import dev.trial.results.store.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The profile that {@code --profile} means: one of the catalogue, or a file. */
public final class ChosenProfile {
  private ChosenProfile() {}

  /** The profile of that name, or of that {@code .json} file. */
  public static Profile of(String nameOrFile) {
    return nameOrFile.endsWith(NamedProfiles.FILE)
        ? ProfileFile.parse(text(path(nameOrFile)), nameOrFile)
        : NamedProfiles.of(nameOrFile);
  }

  private static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException invalid) {
      throw new UsageException("--profile " + file + ": is no name of a file here");
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UsageException("--profile " + file + ": cannot be read: " + FileProblem.reason(e));
    }
  }
}
