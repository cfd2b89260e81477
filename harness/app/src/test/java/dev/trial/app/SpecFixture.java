package dev.trial.app;

import dev.trial.app.campaign.RunHouse;
import dev.trial.app.campaign.RunRequest;
import dev.trial.app.campaign.RunResult;
import dev.trial.app.campaign.Specs;
import dev.trial.app.claim.Claim;
import dev.trial.app.claim.Claims;
import dev.trial.app.targets.SimTarget;
import dev.trial.app.targets.Target;
import dev.trial.app.targets.Targets;
import dev.trial.core.run.RunSpec;
import java.nio.file.Path;

/** Specs and runs of real claims for tests. */
final class SpecFixture {

  private SpecFixture() {}

  static Target simulation() {
    return new SimTarget(null, options -> options);
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
    String id = spec.claim().split("/")[0];
    Claim claim = Claims.all().get(id);
    RunRequest request =
        new RunRequest(id + "_" + spec.seed(), spec, claim.halves().get(0), claim.sentence());
    return new RunHouse(target, out).run(request);
  }
}
