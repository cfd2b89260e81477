package dev.trial.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  @Test
  void theShortestContinuationIsMeant() {
    assertEquals("kill", Nearest.to("kil", List.of("kill-all", "kill", "halves")));
  }

  @Test
  void oneWrongLetterIsNearerThanAnotherWord() {
    assertEquals("pause", Nearest.to("pauze", List.of("partition", "pause", "none")));
  }

  @Test
  void theMessageNamesWhatWasTypedAndShortLists() {
    assertEquals(
        "unknown fault 'x', did you mean 'a'? (one of [a, b])",
        Nearest.explain("fault", "x", List.of("a", "b")));
  }
}
