package dev.trial.engine.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Rules;
import dev.trial.engine.targets.Targets;
import org.junit.jupiter.api.Test;

/** What is promised where nobody says: the word of the client's own release. */
class RulebookTest {

  @Test
  void clientsBefore3PromiseWhatTheLeaderHas() {
    Rules rules = rules("2.8.2", Profile.DEFAULTS);
    assertEquals(1, rules.acks());
    assertEquals(10_000, rules.memberSessionMs());
  }

  @Test
  void clientsSince3PromiseWhatAllInSyncHave() {
    Rules rules = rules("3.0.0", Profile.DEFAULTS);
    assertEquals(-1, rules.acks());
    assertEquals(45_000, rules.memberSessionMs());
  }

  @Test
  void whatIsSetCounts() {
    Profile told = Profile.DEFAULTS.producer("acks", "all").consumer("session.timeout.ms", 7_000);
    assertEquals(-1, rules("2.8.2", told).acks());
    assertEquals(7_000, rules("2.8.2", told).memberSessionMs());
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
