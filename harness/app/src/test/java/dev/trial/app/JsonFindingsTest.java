package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code --json} a finding is explained to whoever reads the log of a build. */
class JsonFindingsTest {
  @TempDir private Path directory;

  @Test
  void aFindingIsToldOnStandardErrorAndTheLinesOnStandardOutput() {
    Said said =
        Said.trial(
            "run",
            "--claim=acks-all-min-isr-2",
            "--mutant=ack-before-in-sync",
            "--seed=1",
            "--json",
            "--out=" + directory);
    String run = "acks-all-min-isr-2_ack-before-in-sync_sim_1";
    assertEquals(1, said.exit(), said.err());
    assertEquals(2, said.out().lines().count());
    assertTrue(said.out().lines().allMatch(line -> line.startsWith("{")), said.out());
    assertTrue(said.err().contains("finding: " + run), said.err());
    assertTrue(said.err().contains("  lost-write: "), said.err());
    assertTrue(said.err().contains("    operations ["), said.err());
    assertTrue(said.err().contains("  ./trial replay " + directory.resolve(run)), said.err());
    assertTrue(said.err().contains("finding: acks-all-min-isr-2: expected holds"), said.err());
  }

  /** Whoever puts settings of their own on trial wants to know which promise they gave away. */
  @Test
  void aFindingThatHasACauseNamesIt() {
    Said terminal =
        Said.trial(
            "run",
            "--claim=unclean-election-off/in-sync-only",
            "--mutant=unclean-though-disabled",
            "--seed=1",
            "--out=" + directory);
    assertEquals(1, terminal.exit(), terminal.err());
    assertTrue(terminal.out().contains("  lost-write: Value "), terminal.out());
    assertTrue(terminal.out().contains("\n    unclean election\n"), terminal.out());
  }

  @Test
  void whatIsAsExpectedIsSilentThere() {
    Said said =
        Said.trial("run", "--claim=acks-1-tail-loss", "--seed=1", "--json", "--out=" + directory);
    assertEquals(0, said.exit(), said.err());
    assertEquals("", said.err());
  }
}
