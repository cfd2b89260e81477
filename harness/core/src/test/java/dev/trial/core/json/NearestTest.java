package dev.trial.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {

  @Test
  void theShortestContinuationIsMeant() {
    assertEquals(Optional.of("kill"), Nearest.to("kil", List.of("kill-all", "kill", "halves")));
  }

  @Test
  void oneWrongLetterIsNearerThanAnotherWord() {
    assertEquals(Optional.of("pause"), Nearest.to("pauze", List.of("partition", "pause", "none")));
  }

  @Test
  void theMessageNamesWhatWasTypedAndShortLists() {
    assertEquals(
        "unknown fault 'aab', did you mean 'aaa'? (one of [aaa, bbb])",
        Nearest.explain("fault", "aab", List.of("aaa", "bbb")));
  }

  @Test
  void lettersThatChangedPlacesAreOneError() {
    assertEquals(Optional.of("run"), Nearest.to("rnu", List.of("mutants", "run")));
  }

  @Test
  void nothingFarFetchedIsNamed() {
    assertEquals(Optional.empty(), Nearest.to("nope", List.of("assignors", "retention-time")));
    assertEquals(
        "unknown fault 'x' (one of [a, b])", Nearest.explain("fault", "x", List.of("a", "b")));
  }
}
