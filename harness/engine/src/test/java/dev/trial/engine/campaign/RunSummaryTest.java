package dev.trial.engine.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.trial.claims.Claims;
import dev.trial.core.run.ClaimName;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Outcome;
import dev.trial.results.store.RunSummary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run says about how to hold it again. */
class RunSummaryTest {

  @Test
  void aSimulatedRunReplays() {
    assertEquals("trial replay runs/it", again("log-divergence", "sim"));
  }

  @Test
  void aClaimInRealTimeIsPutOnTrialAgainWithTheSameScheduleAndDefects() {
    assertEquals(
        "trial run --claim unclean-election-off/in-sync-only --target kafka:4.3.1 --client 3.9.2"
            + " --seed 5 --time 20000ms --mutant unclean-though-disabled",
        again("unclean-election-off/in-sync-only", "kafka:4.3.1"));
  }

  @Test
  void aFreeRunInRealTimeIsNotHeldAgainByAnyOneCommand() {
    assertNull(again(null, "reference"));
  }

  private static String again(String claim, String target) {
    RunSpec spec =
        new RunSpec(
            claim == null ? null : ClaimName.of(claim),
            "produce-consume",
            Parameters.of(),
            Claims.all().get("log-divergence").halves().get(0).profile(),
            target,
            "3.9.2",
            5,
            20_000,
            List.of(),
            target.equals("sim") ? List.of() : List.of("unclean-though-disabled"));
    RunSummary summary =
        new RunSummary(
            "it",
            spec,
            "log-divergence",
            "invalid",
            "holds",
            Outcome.FINDING,
            null,
            Map.of(),
            Map.of(),
            0,
            0,
            0,
            null,
            null,
            "runs/it");
    String again = summary.again();
    assertEquals(again, summary.toJson().path("replay").textValue());
    return again;
  }
}
