package dev.trial.engine.shrink;

import dev.trial.claims.Experiments;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.targets.Target;
import dev.trial.engine.work.Cores;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes a run smaller as long as it shows the same. Candidates are held side by side and taken in
 * their order, so that the number of cores decides only how far a budget goes.
 */
public final class Shrinking {
  static final List<Reduction> REDUCTIONS =
      List.of(
          new FewerFaults(),
          new ShorterLoad(),
          new SmallerWorkload(),
          new ShorterFaults(),
          new SmallerCluster(),
          new RounderTimes());

  private final RunHouse house;
  private final Cores cores;
  private final Budget budget;
  private final Consumer<String> progress;
  private final Set<RunSpec> tried = new HashSet<>();
  private RunResult smallest;
  private Sign sign;
  private int held;

  /**
   * Shrinks in a simulated target.
   *
   * @param budget how long to try
   * @param progress sees a line for each step that made the run smaller
   */
  public Shrinking(Target target, Cores cores, Budget budget, Consumer<String> progress) {
    this.house = new RunHouse(target, null);
    this.cores = cores;
    this.budget = budget;
    this.progress = progress;
  }

  /** How long to try. */
  @FunctionalInterface
  public interface Budget {
    /** True once nothing more is to be tried. */
    boolean spent();

    /** So long from now on. */
    static Budget ofMillis(long ms) {
      long beganNs = System.nanoTime();
      return () -> (System.nanoTime() - beganNs) / 1_000_000 >= ms;
    }
  }

  /** The run as it is, to see what it shows. */
  public RunResult hold(RunSpec spec) {
    return house.run(new RunRequest("shrink", spec, Experiments.of(spec), null));
  }

  /**
   * The smallest run that still shows the sign.
   *
   * @param whole the run as it was, which shows it
   */
  public Shrunk shrink(RunResult whole, Sign shown) {
    RunSpec spec = whole.request().spec();
    if (whole.outcome() == null || shown.in(whole.outcome()) == null) {
      throw new UsageException("this run does not show " + shown.words());
    }
    sign = shown;
    smallest = whole;
    tried.add(spec);
    boolean smaller = true;
    while (smaller && !budget.spent()) {
      smaller = false;
      for (Reduction reduction : REDUCTIONS) {
        smaller |= exhaust(reduction);
      }
    }
    Size before = Size.of(spec, whole.history());
    Size after = Size.of(smallest.request().spec(), smallest.history());
    return new Shrunk(sign, before, after, smallest, held, budget.spent());
  }

  /** Takes what the reduction gives until it gives nothing more; true if it gave anything. */
  private boolean exhaust(Reduction reduction) {
    boolean any = false;
    while (!budget.spent() && step(reduction)) {
      any = true;
      RunSpec now = smallest.request().spec();
      progress.accept(
          reduction.what() + ": " + now.faults().size() + " faults, " + now.loadMs() + " ms");
    }
    return any;
  }

  private boolean step(Reduction reduction) {
    List<RunSpec> candidates = new ArrayList<>(reduction.of(smallest.request().spec()));
    candidates.removeIf(tried::contains);
    int atOnce = Math.max(1, cores.count());
    for (int from = 0; from < candidates.size() && !budget.spent(); from += atOnce) {
      int to = Math.min(from + atOnce, candidates.size());
      if (anyShows(candidates.subList(from, to))) {
        return true;
      }
    }
    return false;
  }

  private boolean anyShows(List<RunSpec> candidates) {
    List<Supplier<RunResult>> begun = new ArrayList<>();
    tried.addAll(candidates);
    candidates.forEach(candidate -> begun.add(cores.begin(() -> hold(candidate))));
    RunResult first = null;
    for (Supplier<RunResult> each : begun) {
      RunResult result = each.get();
      held++;
      boolean shows = result.outcome() != null && sign.in(result.outcome()) != null;
      first = first == null && shows ? result : first;
    }
    smallest = first == null ? smallest : first;
    return first != null;
  }
}
