package dev.trial.core.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnomalyTest {

  /** A group of a history that somebody else wrote may be named so. */
  @Test
  void aNameThatBreaksLinesDoesNotBreakTheSentence() {
    Anomaly anomaly =
        new Anomaly(
            AnomalyKind.LOST_COMMIT,
            null,
            List.of(),
            List.of(),
            List.of(),
            Cause.UNEXPLAINED,
            "group bil\nling lost it");
    assertEquals("group bil\\nling lost it", anomaly.sentence());
  }
}
