package dev.trial.app;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.SimTarget;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.nio.file.Path;

/** Specs and runs of real claims for tests. */
final class SpecFixture {

  private static final Target SIMULATION = new SharedTarget(freshSimulation());

  private SpecFixture() {}

  /** One whose realms nobody has used. */
  static Target freshSimulation() {
    return new SimTarget(null, options -> options);
  }

  /** The simulation that all tests of this JVM share; closing it does nothing. */
  static Target simulation() {
    return SIMULATION;
  }

  /** The spec of a claim's first experiment with a shorter load, that still holds its faults. */
  static RunSpec spec(Target target, String claim, long seed) {
    return spec(target, claim, 0, seed);
  }

  /** The same of another of the claim's experiments. */
  static RunSpec spec(Target target, String claim, int half, long seed) {
    Claim found = Claims.all().get(claim);
    return Specs.of(
        found,
        found.halves().get(half),
        target,
        Targets.DEFAULT_CLIENT,
        seed,
        new Specs.Overrides(20_000, java.util.List.of()));
  }

  static RunResult run(Target target, RunSpec spec, Path out) {
    String id = spec.claim().id();
    Claim claim = Claims.all().get(id);
    RunRequest request =
        new RunRequest(id + "_" + spec.seed(), spec, claim.halves().get(0), claim.sentence());
    return new RunHouse(target, out).run(request);
  }
}
