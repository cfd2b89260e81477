package dev.trial.engine.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.run.HalfName;
import dev.trial.core.verdict.Outcome;
import dev.trial.results.store.RunSummary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Runs in which something changed inside an open transaction, of those that had transactions. */
class TransactionRunsTest {

  @Test
  void aLeaderOrACoordinatorIsEnough() {
    TransactionRuns runs = TransactionRuns.of(List.of(run(2, 0), run(0, 1), run(0, 0), run(3, 4)));
    assertEquals(new TransactionRuns(3, 4), runs);
    assertEquals(
        ", coordinator or leader changed inside an open transaction: 3 of 4", runs.sentence());
    ObjectNode claim = new JsonMapper().createObjectNode();
    TransactionRuns.describe(Map.of(HalfName.ONLY, runs), claim);
    assertEquals("{\"changed_inside_transaction\":{\"runs\":3,\"of\":4}}", claim.toString());
  }

  @Test
  void halvesAreCountedApart() {
    Map<HalfName, TransactionRuns> halves = new TreeMap<>();
    halves.put(new HalfName("classic"), TransactionRuns.of(List.of(run(1, 0))));
    halves.put(new HalfName("processors"), TransactionRuns.of(List.of(run(0, 0))));
    ObjectNode claim = new JsonMapper().createObjectNode();
    TransactionRuns.describe(halves, claim);
    assertEquals(
        "{\"classic\":{\"runs\":1,\"of\":1},\"processors\":{\"runs\":0,\"of\":1}}",
        claim.get("changed_inside_transaction").toString());
  }

  @Test
  void nothingIsSaidOfClaimsWithoutTransactions() {
    TransactionRuns runs = TransactionRuns.of(List.of(run(Map.of("sends", 7L))));
    assertEquals("", runs.sentence());
    ObjectNode claim = new JsonMapper().createObjectNode();
    TransactionRuns.describe(Map.of(HalfName.ONLY, runs), claim);
    assertEquals("{}", claim.toString());
  }

  private static RunResult run(long leaders, long coordinators) {
    return run(
        Map.of(
            "leader-changes-inside-transactions",
            leaders,
            "coordinator-changes-inside-transactions",
            coordinators));
  }

  private static RunResult run(Map<String, Long> statistics) {
    RunSummary summary =
        new RunSummary(
            "run",
            null,
            null,
            "valid",
            "holds",
            Outcome.AS_EXPECTED,
            null,
            Map.of(),
            statistics,
            0,
            0,
            0,
            null,
            null,
            null);
    return new RunResult(null, summary, null, null, null);
  }
}
