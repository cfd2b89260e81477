package dev.trial.app.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.FreeRun;
import dev.trial.claims.NamedProfiles;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.ClaimResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verdict table on terminals of any width. */
class VerdictTableTest {
  private static final List<ClaimResult> ALL =
      Claims.all().values().stream().map(VerdictTableTest::unfinished).toList();

  private static ClaimResult unfinished(Claim claim) {
    return ClaimResult.of(claim, List.of(), 5);
  }

  @Test
  void fitsTheTerminal() {
    for (int columns : new int[] {80, 81, 100, 120, 131, 132, 200}) {
      for (String line : VerdictTable.lines(ALL, columns)) {
        assertTrue(line.length() <= columns, columns + ": " + line);
      }
    }
  }

  /** Nothing is lost in a narrow one. */
  @Test
  void saysTheSameInAnyWidth() {
    assertEquals(words(Integer.MAX_VALUE).size() + 2 * ALL.size(), words(80).size() + 2);
  }

  private static List<String> words(int columns) {
    return VerdictTable.lines(ALL, columns).stream()
        .flatMap(line -> List.of(line.strip().split("\\s+")).stream())
        .toList();
  }

  @Test
  void aFreeRunStandsUnderItsTitles() {
    Claim free =
        FreeRun.of("produce-consume", List.of("none"), NamedProfiles.of("default"), "4.3.1");
    List<String> lines = VerdictTable.lines(List.of(unfinished(free)), Integer.MAX_VALUE);
    assertEquals(
        lines.get(0).indexOf("expected"), lines.get(1).indexOf("what its settings promise"));
    assertEquals(lines.get(0).indexOf("verdict"), lines.get(1).indexOf("unknown"));
  }

  @Test
  void aClaimWithoutAllItsRunsIsUnknown() {
    ClaimResult cut = unfinished(Claims.all().get("acks-1-tail-loss"));
    assertEquals(Outcome.UNKNOWN, cut.outcome());
    assertEquals("0 of 5 runs were held", cut.observed());
  }
}
