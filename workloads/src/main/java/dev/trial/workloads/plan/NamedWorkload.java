package dev.trial.workloads.plan;

import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.core.world.RandomStream;
import java.util.function.Consumer;

/** A workload that is an id, a sentence and a way to draft its plan. */
record NamedWorkload(String id, String summary, Consumer<Draft> drafting) implements Workload {

  @Override
  public Plan plan(RunSpec spec, RandomStream random) {
    Draft draft = new Draft(spec);
    drafting.accept(draft);
    return draft.plan();
  }
}
