package dev.trial.results.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that the disk does not take. */
class UnstoredRunTest {
  @TempDir private Path out;

  /** A directory in the file's way stands for a disk that fails only when all is written. */
  @Test
  void isToldWithPathAndReasonAndLeavesNoPart() throws IOException {
    RunDirectory directory = RunDirectory.open(out);
    Files.createDirectories(out.resolve("history.jsonl").resolve("in-the-way"));
    StoreException refused =
        assertThrows(StoreException.class, () -> directory.history(new byte[] {'{'}, 1));
    assertEquals(
        out.resolve("history.jsonl") + " cannot be written: directory not empty",
        refused
            .getMessage()
            .replaceFirst(": .* is a directory that is not empty", ": directory not empty"));
    assertFalse(Files.exists(out.resolve("history.jsonl.part")));
  }

  @Test
  void reasonsAreFewWords() {
    assertEquals(
        "no space left on device",
        FileProblem.reason(new FileSystemException("f", null, "No space left on device")));
    assertEquals(
        "no space left on device", FileProblem.reason(new IOException("No space left on device")));
    assertEquals("permission denied", FileProblem.reason(new AccessDeniedException("f")));
    assertEquals(
        "there is no such file or directory", FileProblem.reason(new NoSuchFileException("f")));
    assertEquals("it is not UTF-8 text", FileProblem.reason(new MalformedInputException(1)));
  }
}
