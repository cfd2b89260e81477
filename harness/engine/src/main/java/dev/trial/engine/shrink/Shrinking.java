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
          new FaultsInBrief(),
          new FewerFaults(),
          new ShorterLoad(),
          new FewerRecords(),
          new SparserLoad(),
          new SmallerWorkload(),
          new ShorterFaults(),
          new SmallerCluster());

  /** What no other reduction may undo. */
  static final Reduction LAST = new RounderTimes();

  private static final double ROUNDING = 1;

  private final RunHouse house;
  private final Cores cores;
  private final Budget budget;
  private final Consumer<String> progress;
  private final Set<RunSpec> tried = new HashSet<>();
  private RunResult smallest;
  private Sign sign;
  private double weight;
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
    weight = Weight.of(spec, whole.history());
    tried.add(spec);
    boolean smaller = true;
    while (smaller && !budget.spent()) {
      smaller = false;
      for (Reduction reduction : REDUCTIONS) {
        smaller |= exhaust(reduction);
      }
    }
    exhaust(LAST);
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
          reduction.what()
              + ": "
              + now.faults().size()
              + " faults, "
              + Size.of(now, smallest.history()).operations()
              + " operations, "
              + now.loadMs()
              + " ms");
    }
    return any;
  }

  private boolean step(Reduction reduction) {
    List<RunSpec> candidates = reduction.of(smallest, sign);
    boolean rounding = reduction == LAST;
    return takes(candidates, rounding)
        || reduction.nudged() && takes(Nudges.of(candidates), rounding);
  }

  private boolean takes(List<RunSpec> all, boolean rounding) {
    List<RunSpec> candidates = new ArrayList<>(all);
    candidates.removeIf(tried::contains);
    int atOnce = Math.max(1, cores.count());
    for (int from = 0; from < candidates.size() && !budget.spent(); from += atOnce) {
      int to = Math.min(from + atOnce, candidates.size());
      if (takesFirst(candidates.subList(from, to), rounding)) {
        return true;
      }
    }
    return false;
  }

  private boolean takesFirst(List<RunSpec> candidates, boolean rounding) {
    List<Supplier<RunResult>> begun = new ArrayList<>();
    tried.addAll(candidates);
    candidates.forEach(candidate -> begun.add(cores.begin(() -> hold(candidate))));
    RunResult first = null;
    for (Supplier<RunResult> each : begun) {
      RunResult result = each.get();
      held++;
      first = first == null && better(result, rounding) ? result : first;
    }
    if (first != null) {
      smallest = first;
      weight = Weight.of(first.request().spec(), first.history());
    }
    return first != null;
  }

  /** Rounding may cost some milliseconds of load, and nothing else. */
  private boolean better(RunResult result, boolean rounding) {
    if (result.outcome() == null || sign.in(result.outcome()) == null) {
      return false;
    }
    double allowed = rounding ? weight + ROUNDING : weight;
    return Weight.of(result.request().spec(), result.history()) < allowed;
  }
}
