package dev.trial.app.input;

import dev.trial.claims.OwnProfile;
import dev.trial.claims.ProfileFiles;
import dev.trial.claims.ProfileTexts;
import dev.trial.core.input.UsageException;
import dev.trial.results.store.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The profile that {@code --profile} means: one of the catalogue, or a file. */
public final class ChosenProfile {
  private ChosenProfile() {}

  /** The profile of that name or file; what was left out of the file is told on standard error. */
  public static OwnProfile of(String nameOrFile) {
    OwnProfile chosen = new ProfileFiles(new OnDisk()).of(nameOrFile);
    chosen.told().forEach(line -> System.err.println("trial: " + line));
    return chosen;
  }

  private record OnDisk() implements ProfileTexts {
    @Override
    public String text(String file) {
      try {
        return Files.readString(path(file));
      } catch (IOException e) {
        throw new UsageException(
            "--profile " + file + ": cannot be read: " + FileProblem.reason(e));
      }
    }

    @Override
    public String beside(String file, String named) {
      return path(file).resolveSibling(path(named)).normalize().toString();
    }

    private static Path path(String file) {
      try {
        return Path.of(file);
      } catch (InvalidPathException invalid) {
        throw new UsageException("--profile " + file + ": is no name of a file here");
      }
    }
  }
}
