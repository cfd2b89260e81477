package dev.trial.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.trial.core.input.UsageException;
import dev.trial.core.run.ClaimName;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedClaimsTest {
  private static final String FIVE = "in-flight-reorder/five-in-flight";
  private static final String ONE = "in-flight-reorder/one-in-flight";

  private static List<String> halves(String... names) {
    return NamedClaims.all(List.of(names)).stream()
        .flatMap(claim -> claim.halves().stream().map(claim::name))
        .map(ClaimName::toString)
        .toList();
  }

  @Test
  void aClaimHasAllItsHalves() {
    assertEquals(List.of(FIVE, ONE), halves("in-flight-reorder"));
    assertEquals(
        List.of("log-divergence", FIVE, ONE), halves("log-divergence", "in-flight-reorder"));
  }

  @Test
  void aHalfIsAlone() {
    assertEquals(List.of(ONE), halves(ONE));
  }

  @Test
  void whatIsNamedTwiceIsHeldOnce() {
    assertEquals(List.of(ONE), halves(ONE, ONE));
    assertEquals(List.of(FIVE, ONE), halves(ONE, FIVE));
    assertEquals(List.of(FIVE, ONE), halves(ONE, "in-flight-reorder"));
  }

  @Test
  void whatThereIsNotIsRefused() {
    assertThrows(UsageException.class, () -> halves("in-flight"));
    assertThrows(UsageException.class, () -> halves("in-flight-reorder/"));
    assertThrows(UsageException.class, () -> halves("log-divergence/half"));
  }
}
