package dev.trial.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code trial shrink} whose process is told to end. */
@Timeout(180)
class InterruptedShrinkTest {
  /** Of SIGTERM, as shells have it. */
  private static final int TERMINATED = 143;

  /** Enough to be at work; far from what all the candidates take. */
  private static final Duration WORKED = Duration.ofSeconds(10);

  @TempDir private Path directory;

  @Test
  void whatWasFoundUntilThenIsConfirmedStoredAndPrinted() throws Exception {
    String claim = "acks-1-tail-loss";
    Said.trial("run", "--claim=" + claim, "--seed=1", "--time=20s", "--out=" + directory).exited(0);
    Process shrink = shrinking(directory.resolve(claim + "_sim_1"));
    try {
      await()
          .atMost(Duration.ofSeconds(90))
          .until(
              () -> shrink.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(WORKED) > 0);
      shrink.destroy();
      assertEquals(TERMINATED, shrink.waitFor());
    } finally {
      shrink.destroyForcibly();
    }
    String out = Files.readString(directory.resolve("out"));
    assertTrue(out.startsWith("lost-write (truncated by clean election), after "), out);
    assertTrue(out.contains("when the budget was spent or it was told to end"), out);
    assertTrue(out.contains("\nidentical: "), out);
    assertEquals("", Files.readString(directory.resolve("err")));
    Said.trial("replay", directory.resolve(claim + "_sim_1_shrunk")).exited(0);
  }

  private Process shrinking(Path run) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.trial.app.Main",
            "shrink",
            run.toString(),
            "--budget=1h",
            "--out=" + directory)
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }
}
