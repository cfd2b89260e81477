package dev.trial.app.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trial.app.release.DefaultsTable.Release;
import dev.trial.app.targets.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of docs/defaults-by-version.md is what the released jars say. */
class DefaultsByVersionTest {
  private static final String PAGE = "docs/defaults-by-version.md";

  private static Path page() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve(PAGE))) {
      at = at.getParent();
    }
    return at.resolve(PAGE);
  }

  @Test
  void theTableIsWhatTheJarsSay() throws IOException {
    List<String> shown =
        Files.readAllLines(page()).stream()
            .dropWhile(line -> !line.startsWith("| setting"))
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    List<Release> releases = new ArrayList<>();
    String[] columns = shown.get(0).split("\\|");
    for (String version : Arrays.copyOfRange(columns, 2, columns.length)) {
      releases.add(new Release(version.trim(), ClientDefaults.of(jar(version.trim()))));
    }
    assertEquals(DefaultsTable.lines(releases), shown);
  }

  /** Offline, only what the local repository holds can be asked. */
  private static Path jar(String version) {
    try {
      return Targets.clientJar(version);
    } catch (RuntimeException missing) {
      assumeTrue(false, missing.getMessage());
      throw missing;
    }
  }
}
