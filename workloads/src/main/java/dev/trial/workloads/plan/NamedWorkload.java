package dev.trial.workloads.plan;

import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.core.world.RandomStream;
import java.util.function.Consumer;

/** A workload that is an id, a sentence and a way to draft its plan. */
record NamedWorkload(String id, String summary, long loadMsMin, Consumer<Draft> drafting)
    implements Workload {

  /** A workload for which any length of load will do. */
  NamedWorkload(String id, String summary, Consumer<Draft> drafting) {
    this(id, summary, 0, drafting);
  }

  @Override
  public Plan plan(RunSpec spec, RandomStream random) {
    Draft draft = new Draft(spec);
    drafting.accept(draft);
    return draft.plan();
  }
}
