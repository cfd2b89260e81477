package dev.trial.engine.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trial.core.input.UsageException;
import dev.trial.engine.release.DefaultsTable.Release;
import dev.trial.engine.targets.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The tables of docs/defaults-by-version.md are what the released jars say. */
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
  void theTableOfClientsIsWhatTheJarsSay() throws IOException {
    List<String> shown = table(0);
    assertEquals(
        DefaultsTable.clients(
            versions(shown).stream()
                .map(each -> new Release<>(each, ClientDefaults.of(here(Targets::clientJar, each))))
                .toList()),
        shown);
  }

  @Test
  void theTableOfBrokersIsWhatTheJarsSay() throws IOException {
    List<String> shown = table(1);
    assertEquals(
        DefaultsTable.brokers(
            versions(shown).stream()
                .map(each -> new Release<>(each, BrokerDefaults.of(here(this::jars, each))))
                .toList()),
        shown);
  }

  private List<Path> jars(String version) {
    return Targets.kafkaJars("broker", version);
  }

  private static List<String> versions(List<String> table) {
    String[] columns = table.get(0).split("\\|");
    return Arrays.stream(columns, 2, columns.length).map(String::trim).toList();
  }

  /** The n-th table of the page that is of settings. */
  private static List<String> table(int n) throws IOException {
    List<String> lines = Files.readAllLines(page());
    int from = -1;
    for (int i = 0; i <= n; i++) {
      do {
        from++;
      } while (!lines.get(from).startsWith("| setting"));
    }
    return lines.stream().skip(from).takeWhile(line -> line.startsWith("|")).toList();
  }

  /** Offline, only what the local repository holds can be asked. */
  private static <T> T here(Function<String, T> resolve, String version) {
    try {
      return resolve.apply(version);
    } catch (UsageException missing) {
      assumeTrue(false, missing.getMessage());
      throw missing;
    }
  }
}
