package dev.trial.results.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two at work in one directory. */
class RunsLockTest {
  @TempDir private Path out;

  @Test
  void theSameRunsAreOnesAlone() {
    try (RunsLock first = RunsLock.in(out);
        RunsLock second = RunsLock.in(out)) {
      assertTrue(first.take("claim_sim", 1, 50));
      assertFalse(second.take("claim_sim", 50, 1), "one seed of both");
      assertTrue(second.take("claim_sim", 51, 50), "other seeds");
      assertTrue(second.take("claim_reference", 1, 50), "another name");
      assertTrue(second.take("claim_sim", -3, 2), "other seeds below them");
      assertFalse(first.take("claim_sim", 100, 10), "the second has it");
    }
  }

  /** A process that died took its locks with it; its file is only a file. */
  @Test
  void whatIsLeftOfOneThatEndedLocksNobodyOut() {
    try (RunsLock first = RunsLock.in(out)) {
      assertTrue(first.take("claim_sim", 1, 50));
    }
    assertTrue(Files.exists(out.resolve(".lock")));
    try (RunsLock second = RunsLock.in(out)) {
      assertTrue(second.take("claim_sim", 1, 50));
    }
  }

  @Test
  void whereNothingCanBeWrittenAnotherPlaceIsAskedFor() throws IOException {
    Path file = Files.writeString(out.resolve("a-file"), "");
    UncheckedIOException refused =
        assertThrows(UncheckedIOException.class, () -> RunsLock.in(file.resolve("runs")));
    assertTrue(refused.getMessage().contains("choose another --out"), refused.getMessage());
  }
}
