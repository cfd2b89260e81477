package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

/** What was mistyped is answered with what was meant, where that can be told. */
class NearOptionsTest {

  @Test
  void anUnknownOptionNamesTheNearest() {
    Said.trial("run", "--clame", "x").refused("'--clame', did you mean '--claim'?");
    Said.trial("run", "--sedes=1..2").refused("did you mean '--seeds'?");
    Said.trial("bench", "--warmup", "3").refused("did you mean '--warm-up'?");
    Said.trial("rnu").refused("did you mean 'run'?");
  }

  @Test
  void nothingFarFetchedIsNamed() {
    for (Said each :
        new Said[] {
          Said.trial("run", "--claim=nope"),
          Said.trial("run", "--mutant=x"),
          Said.trial("run", "--zzzzzzzzz"),
          Said.trial("zzzzzzzz")
        }) {
      assertEquals(64, each.exit());
      assertFalse(each.err().contains("did you mean"), each.err());
      assertEquals(1, each.err().lines().count(), each.err());
    }
  }

  @Test
  void aWholeScheduleIsNoFamily() {
    Said.trial("run", "--workload=bursts", "--faults=kill,none").refused("'none' stands alone");
    Said.trial("run", "--workload=bursts", "--faults=kil").refused("'kill'");
    Said.trial("run", "--workload=burst").refused("'bursts'");
  }
}
