package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Target;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bugs of released clients that were found here, by the seed that shows them. */
class ReleasedClientsTest {
  private static final int KIP_848 = 1;

  @TempDir private Path directory;

  /** KAFKA-18641 again: docs/client-bugs.md. */
  @ParameterizedTest
  @ValueSource(strings = {"4.3.1", "4.4.0"})
  void consumersOfKip848CommitWhatIsStillWorkedOn(String client) {
    List<Anomaly> lost = lostWithAutomaticCommits(client);
    assertTrue(lost.size() > 0);
    lost.forEach(each -> assertEquals(Cause.COMMITTED_UNASKED, each.cause(), each.sentence()));
  }

  @ParameterizedTest
  @ValueSource(strings = "4.1.1")
  void theyDidNotBefore(String client) {
    assertEquals(List.of(), lostWithAutomaticCommits(client));
  }

  /** A slice of {@link EveryClientTest}; each release does what claims expect of it. */
  @ParameterizedTest
  @CsvSource({
    // Left to itself this release is not idempotent, and order is lost.
    "2.8.2, idempotent-once-in-order, 1, no anomaly in 1 run",
    "3.5.2, transactions-atomic, 1, no anomaly in 1 run",
    "3.9.1, record-fidelity, 1, wire-corruption 1/1",
    "4.0.2, auto-commit-duplicates/kip-848, 1, duplicate-processing 1/1",
    "4.2.2, session-timeout-zombie/kip-848, 1, commit-regression 1/1",
  })
  void doWhatClaimsExpectOfThem(String client, String claim, int seed, String shown) {
    Said said =
        Said.trial(
            "run",
            "--client=" + client,
            "--claim=" + claim,
            "--seed=" + seed,
            "--out=" + directory);
    said.exited(0);
    assertTrue(said.out().contains("as expected"), said.out());
    assertTrue(said.out().replaceAll("\\s+", " ").contains(shown), said.out());
  }

  private static List<Anomaly> lostWithAutomaticCommits(String client) {
    try (Target target = SpecFixture.simulation()) {
      Claim claim = Claims.all().get("auto-commit-duplicates");
      Specs.Overrides overrides = new Specs.Overrides(40_000, List.of());
      RunSpec spec = Specs.of(claim, claim.halves().get(KIP_848), target, client, 3, overrides);
      RunResult result = SpecFixture.run(target, spec, null);
      return result.verdict().anomalies().stream()
          .filter(each -> each.kind() == AnomalyKind.LOST_PROCESSING)
          .toList();
    }
  }
}
