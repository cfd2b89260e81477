package dev.trial.engine.nightly;

import dev.trial.claims.Claim;
import dev.trial.claims.Experiments;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.corpus.Entry;
import dev.trial.engine.targets.Target;

/** An entry of the corpus, tried in the world and with the clients of a campaign. */
public record CorpusRun(Entry entry) {

  String name() {
    return entry.name();
  }

  RunRequest request(Target target, NightPlan plan) {
    RunSpec kept = entry.spec().withTarget(target.name()).withMutants(plan.mutants());
    boolean ofOneVersion = !Experiments.of(kept).client().isEmpty();
    RunSpec spec = ofOneVersion ? kept : kept.withClient(plan.client());
    Claim claim = Experiments.claimOf(spec);
    return new RunRequest(
        "corpus-" + entry.name(),
        spec,
        Experiments.of(spec).howeverLittleHappens(),
        claim.sentence());
  }
}
