package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trial mutants --shrink} as people type it. */
class MutantShrinkTest {
  private static final String MUTANT = "aborted-not-told";

  @TempDir private Path directory;

  @Test
  void whatWasShrunkIsKeptAndNotMadeAgain() throws IOException {
    Said made = shrunk("--budget=4s");
    boolean small = made.out().contains("1 of 1 with at most 3 faults and 20 client operations");
    assertEquals(small ? 0 : 1, made.exit(), made.out() + made.err()); // as fast as machines are
    Said.trial("replay", directory.resolve(MUTANT)).exited(0);
    Said.trial("check", directory.resolve(MUTANT)).exited(1);
    Said kept = shrunk("--budget=1ms"); // in which nothing can be made small
    assertEquals(made.out(), kept.out());
    assertTrue(shrunk("--markdown").out().contains("| " + MUTANT + " | transactions-atomic | 1 |"));
    Files.writeString(directory.resolve(MUTANT + ".json"), "{\"mutant\":");
    shrunk("--budget=1s").refused(MUTANT + ".json: is no shrunk mutant");
  }

  @Test
  void whatIsAboutShrinkingIsRefusedElsewhere() {
    Said.trial("mutants", "--score", "--markdown", MUTANT).refused("--shrink");
    Said.trial("mutants", "--out=" + directory).refused("--shrink");
  }

  private Said shrunk(String option) {
    return Said.trial("mutants", "--shrink", MUTANT, "--seed=1", "--out=" + directory, option);
  }
}
