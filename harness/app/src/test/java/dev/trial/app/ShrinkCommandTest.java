package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.engine.targets.Target;
import dev.trial.results.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trial shrink} as people type it. */
class ShrinkCommandTest {
  @TempDir private Path directory;

  @Test
  void aStoredRunIsMadeSmallAndReplays() throws IOException {
    String claim = "acks-1-tail-loss";
    Said.trial("run", "--claim=" + claim, "--seed=1", "--time=20s", "--out=" + directory).exited(0);
    Path whole = directory.resolve(claim + "_sim_1");
    Said.trial("shrink", whole, "--anomaly=lost-wrte").refused("lost-write");
    Said said = Said.trial("shrink", whole, "--budget=3s", "--out=" + directory).exited(0);
    assertTrue(said.out().startsWith("lost-write (truncated by clean election), "), said.out());
    assertTrue(said.out().lines().anyMatch(line -> line.startsWith("identical: ")), said.out());
    Path small = directory.resolve(claim + "_sim_1_shrunk");
    Said.trial("replay", small).exited(0);
    tellsBeforeAndAfter(small, "\"of\":\"" + claim + "_sim_1\"");
    Said.trial("report", small).exited(0);
    tellsBeforeAndAfter(small, "\"of\":\"" + claim + "_sim_1\"");
    Files.writeString(small.resolve("shrunk.json"), "{\"version\":9}");
    Said.trial("report", small).refused("shrunk.json: is of form 9; this trial reads form 1");
  }

  private static void tellsBeforeAndAfter(Path small, String of) throws IOException {
    String report = Files.readString(small.resolve("report.html"));
    assertTrue(report.contains(of), report);
    assertTrue(report.contains("\"before\":{\"faults\":"), report);
    String story = report.substring(report.indexOf("\"story\":"));
    assertTrue(
        story.matches("(?s).*\"text\":\"The leader of orders-\\d \\(broker-\\d\\) is .*"), story);
  }

  @Test
  void whereNothingCanBeWrittenIsToldBeforeTheWork() throws IOException {
    Path run = directory.resolve("run");
    try (Target target = SpecFixture.simulation()) {
      RunDirectory.create(directory, "run", SpecFixture.spec(target, "acks-1-tail-loss", 1));
    }
    Path file = Files.writeString(directory.resolve("file"), "no directory");
    Said.trial("shrink", run, "--out=" + file).refused(file.toString());
  }

  /** What one's own settings give away is as expected, and a loss all the same. */
  @Test
  void aLossThatSettingsGiveAwayIsMadeSmall() {
    Said.trial(
            "run",
            "--workload=produce-consume",
            "--profile=acks-1",
            "--faults=tail-loss",
            "--seed=1",
            "--time=15s",
            "--out=" + directory)
        .exited(0);
    Path run = directory.resolve("produce-consume_tail-loss_acks-1_sim_1");
    Said said =
        Said.trial("shrink", run, "--anomaly=lost-write", "--budget=5s", "--out=" + directory);
    said.exited(0);
    assertTrue(said.out().contains("lost-write: Value "), said.out());
    assertTrue(said.out().contains("identical: "), said.out());
  }

  @Test
  void aRunThatShowsNothingCannotBeShrunk() {
    Said.trial("run", "--claim=acks-all-min-isr-2", "--seed=1", "--time=20s", "--out=" + directory)
        .exited(0);
    Said.trial("shrink", directory.resolve("acks-all-min-isr-2_sim_1")).refused("shows nothing");
  }

  @Test
  void badInputIsOneLine() {
    Said.trial("shrink", directory.resolve("absent")).refused("there is no such run directory");
    Said.trial("shrink", directory, "--budget=0s").refused("--budget 0s: takes 1ms to 24h");
    assertEquals(64, Said.trial("shrink").exit());
  }
}
