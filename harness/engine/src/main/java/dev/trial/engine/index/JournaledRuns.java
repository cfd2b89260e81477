package dev.trial.engine.index;

import dev.trial.core.verdict.Outcome;
import dev.trial.engine.nightly.NightJournal;
import dev.trial.engine.nightly.NightPlan;
import dev.trial.engine.nightly.NightRun;
import dev.trial.engine.nightly.Shrinker;
import dev.trial.results.index.IndexedRun;
import dev.trial.results.index.Shown;
import dev.trial.results.index.Shown.Where;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The runs of a campaign as its journal tells them. */
final class JournaledRuns {
  private final Path runs;
  private final NightPlan plan;
  private final Links links;

  private JournaledRuns(Path campaign, NightPlan plan, Links links) {
    this.runs = campaign.resolve("runs");
    this.plan = plan;
    this.links = links;
  }

  /** Hands over each run, in the order in which they ended. */
  static void read(Path campaign, NightPlan plan, Links links, Consumer<IndexedRun> each) {
    JournaledRuns journal = new JournaledRuns(campaign, plan, links);
    NightJournal.read(campaign, run -> each.accept(journal.indexed(run)));
  }

  private IndexedRun indexed(NightRun run) {
    Shown shown = run.outcome() == Outcome.FINDING ? shown(run) : null;
    return new IndexedRun(
        run.about(),
        run.seed(),
        run.outcome(),
        run.reason(),
        !run.anomalies().isEmpty(),
        shown,
        run.simulatedMs());
  }

  private Shown shown(NightRun run) {
    Path stored = runs.resolve(run.run());
    Path shrunk = runs.resolve(Shrinker.nameOf(run));
    Where where = links.of(stored, shrunk, again(run));
    return new Shown(run.sign().kind(), run.sign().cause(), run.sentence(), where);
  }

  /** A seed stands for one run, which a campaign of its own holds and stores. */
  private String again(NightRun run) {
    if (!run.drawn()) {
      return null;
    }
    StringBuilder command = new StringBuilder("./trial nightly --seeds ").append(run.seed());
    command.append(" --target ").append(run.target()).append(" --client ").append(plan.client());
    plan.mutants().forEach(mutant -> command.append(" --mutant ").append(mutant));
    return command.toString();
  }
}
