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
    Said.trial("run", "--claim=log-divergence", "--faults=kill").isWrongUsage("--faults");
    Said.trial("run", "--claim=log-divergence", "--faults=nonsense").isWrongUsage("--faults");
    Said.trial("run", "--all", "--faults=kill").isWrongUsage("--faults");
    Said.trial("run", "--faults=kill").isWrongUsage("--workload");
  }

  @Test
  void allAreAll() {
    Said.trial("run", "--all", "--claim=log-divergence").isWrongUsage("--all");
    Said.trial("run", "--all", "--claim=log-divergance").isWrongUsage("--all");
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
    Said.trial("mutants", "--clean", "-5").isWrongUsage("--clean");
    Said.trial("mutants", "--clean=-5").isWrongUsage("--clean");
    Said.trial("mutants", "--score", "--clean=-5").isWrongUsage("--clean");
  }

  @Test
  void noNameIsNoDirectory() {
    Said.trial("run", "--claim=log-divergence", "--out=").isWrongUsage("--out");
    Said.trial("run", "--claim=log-divergence", "--out", "").isWrongUsage("--out");
    Said.trial("export", directory.toString(), "--edn", "--out=").isWrongUsage("--out");
  }
}
