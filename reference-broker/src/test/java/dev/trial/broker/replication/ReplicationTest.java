package dev.trial.broker.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationTest {
  private static final int CLEAN_SEEDS = 300;
  private static final int DEFECT_SEEDS = 300;

  @Test
  void nothingIsLostWithCleanElections() {
    int acknowledged = 0;
    for (long seed = 1; seed <= CLEAN_SEEDS; seed++) {
      Trial trial = new Trial(seed, Defects.NONE);
      assertEquals(Set.of(), trial.run(), "seed " + seed);
      acknowledged += trial.acknowledgements();
    }
    assertTrue(acknowledged > 20 * CLEAN_SEEDS, "only " + acknowledged + " acknowledged");
  }

  @ParameterizedTest
  @CsvSource({
    "ACK_BEFORE_IN_SYNC, lost",
    "HIGH_WATERMARK_AHEAD, invariant",
    "MIN_INSYNC_IGNORED, acknowledged-by-too-few",
    "TRUNCATE_TO_HIGH_WATERMARK, lost",
    "DUPLICATE_SEQUENCE_APPENDED, duplicate"
  })
  void everyDefectShows(Defect defect, String violation) {
    Set<String> seen = new TreeSet<>();
    for (long seed = 1; seed <= DEFECT_SEEDS && !seen.contains(violation); seed++) {
      seen.addAll(new Trial(seed, new Defects(Set.of(defect))).run());
    }
    assertTrue(seen.contains(violation), () -> defect + " showed only " + seen);
  }
}
