package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.targets.Target;
import dev.trial.results.report.StatisticText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trial report --index} as people type it. */
class ReportCommandTest {
  @TempDir private Path directory;

  @Test
  void theOverviewOfStoredRuns() throws IOException {
    try (Target target = SpecFixture.simulation()) {
      RunResult run =
          SpecFixture.run(target, SpecFixture.spec(target, "acks-1-tail-loss", 1), directory);
      run.summary()
          .statistics()
          .keySet()
          .forEach(key -> assertNotNull(StatisticText.of(key), key + " has no words"));
    }
    Path damaged = Files.createDirectory(directory.resolve("damaged"));
    Files.writeString(damaged.resolve("verdict.json"), "{");
    Said said = Said.trial("report", "--index", directory).exited(0);
    Path page = directory.resolve("index.html");
    assertEquals(page + "\n", said.out());
    assertTrue(said.err().startsWith("trial: not counted: " + damaged), said.err());
    String text = Files.readString(page);
    assertTrue(text.contains("<th scope=\"row\">acks-1-tail-loss</th>"), text);
    Said.trial("report", "--index", directory).exited(0);
    assertEquals(text, Files.readString(page), "the page itself is no run");
  }

  @Test
  void badInputIsOneLine() throws IOException {
    Said.trial("report").refused("--index DIR");
    Said.trial("report", "--index=").refused("names no place");
    Said.trial("report", "--index=" + directory.resolve("no"))
        .refused("there is no such directory");
    Said.trial("report", "--index=" + directory).refused("no run is below it");
    Said.trial("report", "--index=" + directory, directory).refused("takes no run beside it");
    Files.writeString(directory.resolve("verdict.json"), "");
    Said.trial("report", "--index=" + directory).refused("can be read", "verdict.json: is empty");
    assertFalse(Files.exists(directory.resolve("index.html")), "nothing half-written");
  }
}
