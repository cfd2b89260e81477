package dev.trial.engine.shrink;

import dev.trial.claims.Experiments;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.targets.Target;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes a run in real time smaller by holding it again and again. A smaller one is taken as soon as
 * it shows the sign once; how often it does is counted at last, in runs of its own.
 */
public final class LiveShrinking {
  private static final List<Reduction> REDUCTIONS =
      List.of(new FewerFaults(), new ShorterLoad(), new SparserLoad());

  private final Target target;
  private final Path out;
  private final Shrinking.Budget budget;
  private final Consumer<String> progress;
  private final Set<RunSpec> tried = new HashSet<>();
  private final Deque<RunSpec> accepted = new ArrayDeque<>();
  private Sign sign;
  private int repeats;
  private int held;

  /**
   * Shrinks in a target of real time.
   *
   * @param out where the smallest run is stored
   * @param budget how long to look for smaller runs; counting how often the smallest one shows the
   *     sign takes what it takes beyond
   * @param progress sees a line for each step
   */
  public LiveShrinking(
      Target target, Path out, Shrinking.Budget budget, Consumer<String> progress) {
    this.target = target;
    this.out = out;
    this.budget = budget;
    this.progress = progress;
  }

  /**
   * The smallest run that shows the sign, and how often; empty if none of the whole ones does.
   *
   * @param name of the run that is stored
   * @param runs how many runs tell how often
   */
  public Optional<Repeated> shrink(RunSpec whole, Sign shown, String name, int runs) {
    sign = shown;
    repeats = runs;
    RunResult first = untilShown(whole);
    if (first == null) {
      return Optional.empty();
    }
    search(first);
    return counted(Size.of(whole, first.history()), name);
  }

  /** How many runs were held so far. */
  public int held() {
    return held;
  }

  private void search(RunResult first) {
    RunResult smallest = first;
    tried.add(first.request().spec());
    accepted.push(first.request().spec());
    RunResult smaller = first;
    while (smaller != null) {
      smaller = smaller(smallest);
      if (smaller != null) {
        smallest = smaller;
        accepted.push(smaller.request().spec());
        Size size = Size.of(smaller.request().spec(), smaller.history());
        progress.accept(size.faults() + " faults, " + size.operations() + " operations");
      }
    }
  }

  /** The first smaller run that shows the sign; null if none does, or when the budget is spent. */
  private RunResult smaller(RunResult than) {
    double weight = Weight.of(than.request().spec(), than.history());
    for (Reduction reduction : REDUCTIONS) {
      for (RunSpec candidate : reduction.of(than.request().spec())) {
        if (budget.spent()) {
          return null;
        }
        RunResult shown = tried.add(candidate) ? untilShown(candidate) : null;
        if (shown != null && Weight.of(candidate, shown.history()) < weight) {
          return shown;
        }
      }
    }
    return null;
  }

  /** The first run that shows the sign, of at most so many; the first is held in any case. */
  private RunResult untilShown(RunSpec spec) {
    for (int i = 0; i < repeats && (i == 0 || !budget.spent()); i++) {
      RunResult result = run(spec, "shrink", null);
      if (shows(result)) {
        return result;
      }
    }
    return null;
  }

  /** The smallest one that shows the sign again: once may have been chance. */
  private Optional<Repeated> counted(Size before, String name) {
    while (!accepted.isEmpty()) {
      RunSpec spec = accepted.pop();
      RunResult kept = null;
      int shown = 0;
      for (int i = 0; i < repeats; i++) {
        RunResult result = run(spec, name, kept == null ? out : null);
        boolean shows = shows(result);
        shown += shows ? 1 : 0;
        kept = kept == null && shows ? result : kept;
      }
      progress.accept(new Rate(shown, repeats).words());
      if (kept != null) {
        Size after = Size.of(spec, kept.history());
        return Optional.of(new Repeated(sign, before, after, kept, new Rate(shown, repeats), held));
      }
    }
    return Optional.empty();
  }

  private boolean shows(RunResult result) {
    return result.history() != null
        && result.outcome() != null
        && sign.in(result.outcome()) != null;
  }

  private RunResult run(RunSpec spec, String name, Path stored) {
    held++;
    RunRequest request =
        new RunRequest(name, spec, Experiments.of(spec), Experiments.claimOf(spec).sentence());
    return new RunHouse(target, stored).run(request);
  }
}
