package dev.trial.app.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.claim.Claim;
import dev.trial.app.claim.Claims;
import dev.trial.app.targets.Targets;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Rules;
import org.junit.jupiter.api.Test;

/** What is promised where nobody says: the word of the client's own release. */
class RulebookTest {

  @Test
  void clientsBefore3PromiseWhatTheLeaderHas() {
    Rules rules = rules("2.8.2", Profile.DEFAULTS);
    assertEquals(1, rules.acks());
    assertFalse(rules.idempotent());
    assertEquals(10_000, rules.memberSessionMs());
  }

  @Test
  void clientsSince3PromiseWhatAllInSyncHaveOnce() {
    Rules rules = rules("3.0.0", Profile.DEFAULTS);
    assertEquals(-1, rules.acks());
    assertTrue(rules.idempotent());
    assertEquals(45_000, rules.memberSessionMs());
  }

  @Test
  void acksOfOneGivesIdempotenceUp() {
    assertFalse(rules("4.3.1", Profile.DEFAULTS.producer("acks", "1")).idempotent());
  }

  @Test
  void whatIsSetCounts() {
    Profile told = Profile.DEFAULTS.producer("acks", "all").producer("enable.idempotence", true);
    assertEquals(-1, rules("2.8.2", told).acks());
    assertTrue(rules("2.8.2", told).idempotent());
  }

  private static Rules rules(String client, Profile profile) {
    Claim claim = Claims.all().get("acks-1-tail-loss");
    RunSpec spec =
        Specs.of(
            claim,
            claim.halves().get(0),
            Targets.simulation(held -> {}),
            client,
            1,
            Specs.Overrides.NONE);
    return Rulebook.of(spec, profile);
  }
}
