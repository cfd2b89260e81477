package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would change nothing is refused: nobody is to take a verdict for one about it. */
class RefusedTogetherTest {
  @TempDir private Path directory;

  @Test
  void aClaimBringsItsFaults() {
    Said.trial("run", "--claim=log-divergence", "--faults=kill").refused("--faults");
    Said.trial("run", "--claim=log-divergence", "--faults=nonsense").refused("--faults");
    Said.trial("run", "--all", "--faults=kill").refused("--faults");
    Said.trial("run", "--faults=kill").refused("--workload");
  }

  @Test
  void allAreAll() {
    Said.trial("run", "--all", "--claim=log-divergence").refused("--all");
    Said.trial("run", "--all", "--claim=log-divergance").refused("--all");
  }

  @Test
  void aClaimGivenTwiceIsTriedOnce() {
    Said said =
        Said.trial(
            "run",
            "--claim=record-fidelity",
            "--claim=record-fidelity",
            "--seed=1",
            "--time=20s",
            "--json",
            "--out=" + directory);
    assertEquals(0, said.exit(), said.err());
    assertEquals(2, said.out().lines().count(), said.out());
  }

  @Test
  void runsWithoutDefectsAreNotLessThanNone() {
    Said.trial("mutants", "--clean", "-5").refused("--clean");
    Said.trial("mutants", "--clean=-5").refused("--clean");
    Said.trial("mutants", "--score", "--clean=-5").refused("--clean");
  }

  @Test
  void mutantsAreScoredOrMadeSmall() {
    Said.trial("mutants", "--shrink", "--score").refused("--shrink", "--score");
    Said.trial("mutants", "--shrink", "--json").refused("--shrink", "--json");
    Said.trial("mutants", "--shrink", "--clean=5").refused("--shrink", "--clean");
  }

  @Test
  void noNameIsNoDirectory() {
    Said.trial("run", "--claim=log-divergence", "--out=").refused("--out");
    Said.trial("run", "--claim=log-divergence", "--out", "").refused("--out");
    Said.trial("export", directory.toString(), "--edn", "--out=").refused("--out");
  }
}
