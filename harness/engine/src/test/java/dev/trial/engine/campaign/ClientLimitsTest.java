package dev.trial.engine.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.Experiment;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which experiments an old client cannot be tried with, and why. */
class ClientLimitsTest {

  @Test
  void ofAllClaimsWithAnOldClientTheseAreNotApplicable() {
    Map<String, String> refused = refused("3.6.2");
    assertEquals(
        "kafka-clients 3.6.2 does not know transaction.version=2 (KIP-890, 4.0)",
        refused.get("hanging-transaction/version-2"));
    assertEquals(
        refused.get("hanging-transaction/version-2"), refused.get("delayed-end-txn/version-2"));
    assertEquals(
        "kafka-clients 3.6.2 does not know group.protocol (KIP-848, 3.7)",
        refused.get("auto-commit-duplicates/kip-848"));
  }

  @Test
  void aNewClientCanBeTriedWithAll() {
    assertEquals(Map.of(), refused("4.2.0"));
  }

  /** With real clients such a run does not end; a profile of the user's can ask for it as well. */
  @Test
  void batchesThatAreSplitForEver() {
    String reason =
        "kafka-clients 4.1.2 splits batches for ever where batch.size is above the topic's"
            + " max.message.bytes (KAFKA-8350, fixed in 4.2.0)";
    assertEquals(
        Map.of(
            "timestamps-and-headers/create-time",
            reason,
            "timestamps-and-headers/log-append-time",
            reason),
        refused("4.1.2"));
  }

  /** The core claims are about what every client has. */
  @Test
  void theCoreClaimsApplyToEveryClient() {
    Map<String, String> refused = refused("2.8.2");
    for (Claim claim : Claims.core()) {
      for (Experiment half : claim.halves()) {
        assertEquals(null, refused.get(claim.name(half).toString()), claim.name(half).toString());
      }
    }
  }

  private static Map<String, String> refused(String client) {
    Map<String, String> reasons = new TreeMap<>();
    try (Target target = Targets.simulation(held -> {})) {
      for (Claim claim : List.copyOf(Claims.all().values())) {
        for (Experiment half : claim.halves()) {
          ClientLimits.of(Specs.of(claim, half, target, client, 1, Specs.Overrides.NONE))
              .ifPresent(reason -> reasons.put(claim.name(half).toString(), reason));
        }
      }
    }
    return reasons;
  }
}
