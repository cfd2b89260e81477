package dev.trial.app.command;

import dev.trial.core.run.RunSpec;
import dev.trial.engine.corpus.Corpus;
import dev.trial.engine.corpus.Entry;
import dev.trial.engine.corpus.State;
import dev.trial.engine.draw.Draw;
import dev.trial.engine.nightly.Change;
import dev.trial.engine.nightly.CorpusRun;
import dev.trial.engine.nightly.Harvest;
import dev.trial.engine.nightly.Night;
import dev.trial.engine.nightly.NightBook;
import dev.trial.engine.nightly.NightPlan;
import dev.trial.engine.nightly.Shrinker;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import dev.trial.engine.work.Cores;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The work of a campaign in its order: the corpus, what seeds draw, and what becomes of it. */
final class NightShift {
  private final NightBook book;
  private final NightPlan plan;
  private final Corpus corpus;
  private final NightPrinter printer;
  private final int workers;
  private final long shrinkMs;

  NightShift(NightBook book, Corpus corpus, NightPrinter printer, int workers, long shrinkMs) {
    this.book = book;
    this.plan = book.plan();
    this.corpus = corpus;
    this.printer = printer;
    this.workers = workers;
    this.shrinkMs = shrinkMs;
  }

  /** Does all that is left to do; what became of the corpus. */
  List<Change> held(LocalDate today) {
    for (int i = 0; i < plan.targets().size(); i++) {
      hold(plan.targets().get(i), plan.budgetMs() * (i + 1) / plan.targets().size());
    }
    List<Change> changes = harvest(today);
    book.end();
    return changes;
  }

  private void hold(String name, long untilMs) {
    try (Target target = Targets.open(name, plan.client())) {
      Night night = new Night(target, book, book.runs(), workers);
      night.hold(corpusRuns());
      Draw draw = new Draw(target, plan.client(), plan.mutants());
      night.hold(draw, () -> untilMs > 0 && book.elapsedMs() + reservedMs() >= untilMs);
    }
  }

  /** Each part of a campaign tries its own entries. */
  private List<CorpusRun> corpusRuns() {
    List<CorpusRun> runs = new ArrayList<>();
    int number = 0;
    for (Entry entry : corpus.entries()) {
      if (plan.shard().has(number++)) {
        runs.add(new CorpusRun(entry));
      }
    }
    return runs;
  }

  /** The time that is left for making findings smaller: half of all at most. */
  private long reservedMs() {
    long found =
        book.summary().found().keySet().stream()
            .filter(sign -> corpus.of(sign) == null || corpus.of(sign).state() == State.FIXED)
            .count();
    return Math.min(plan.budgetMs() / 2, shrinkMs * Math.min(Shrinker.MOST, found));
  }

  private List<Change> harvest(LocalDate today) {
    try (Cores cores = new Cores(workers);
        Shrinker shrinker =
            new Shrinker(
                () -> Targets.open(RunSpec.SIMULATION, plan.client()),
                cores,
                book.runs(),
                shrinkMs,
                printer::shrunk)) {
      return new Harvest(book, corpus, shrinker, today).gather();
    }
  }
}
