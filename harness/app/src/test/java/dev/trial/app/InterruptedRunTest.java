package dev.trial.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.HistoryJsonReader;
import dev.trial.core.history.ReadResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A simulated run whose process is told to end. */
@Timeout(180)
class InterruptedRunTest {

  /** Enough to be far into a run: the virtual machine and the clients' classes take a third. */
  private static final Duration WORKED = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void leavesTheHistoryOfWhatHappenedUntilThen() throws IOException, InterruptedException {
    Path err = directory.resolve("err");
    Process trial =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.trial.app.Main",
                "run",
                "--claim",
                "acks-all-min-isr-2",
                "--seed",
                "7",
                "--time",
                "20h",
                "--out",
                directory.toString())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(err.toFile())
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(120))
          .until(() -> trial.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(WORKED) > 0);
      trial.destroy();
      trial.waitFor();
    } finally {
      trial.destroyForcibly();
    }
    Path run = directory.resolve("acks-all-min-isr-2_sim_7");
    assertEquals(
        List.of("interrupted: " + run + " has what happened so far"), Files.readAllLines(err));
    List<String> table = Files.readAllLines(directory.resolve("out"));
    assertTrue(table.get(1).contains("0 of 1 runs were held"), table.toString());
    assertTrue(table.get(1).endsWith("unknown"), table.toString());
    InputStream stored = Files.newInputStream(run.resolve("history.jsonl.zst"));
    ReadResult read = HistoryJsonReader.read(stored);
    assertNull(read.warning());
    long sends =
        read.history().operations().stream()
            .filter(each -> each.action() instanceof Action.Send)
            .count();
    assertTrue(sends > 1_000, "sends: " + sends);
    Said check = Said.trial("check", run).exited(2);
    assertTrue(check.out().startsWith("unknown: the history stops in phase load, "), check.out());
  }
}
