package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.trial.core.run.RunSpec;
import dev.trial.results.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run takes the place of an older one of its name: nothing of that is left to be misread. */
class RunDirectoryAgainTest {
  @TempDir private Path out;

  @Test
  void theErrorOfAnOlderRunIsGone() throws IOException {
    RunDirectory failed = RunDirectory.create(out, "run", spec(1));
    failed.text("error.txt", "it failed");
    failed.report("<html>");
    RunDirectory again = RunDirectory.create(out, "run", spec(2));
    assertFalse(Files.exists(again.path().resolve("error.txt")));
    assertFalse(Files.exists(again.path().resolve("report.html")));
    assertEquals(2, again.spec().seed());
  }

  private static RunSpec spec(long seed) {
    return SpecFixture.spec(SpecFixture.simulation(), "acks-1-tail-loss", seed);
  }
}
