package dev.trial.engine.nightly;

import dev.trial.core.verdict.Outcome;
import dev.trial.engine.coverage.Coverage;
import dev.trial.engine.shrink.Sign;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A campaign in figures. Runs are counted in whatever order they come: the same runs give the same
 * figures, but for the times that they took.
 */
public final class NightSummary {
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final SortedMap<Sign, Found> found = new TreeMap<>(SIGNS);
  private final SortedMap<String, Drawn> drawn = new TreeMap<>();
  private final SortedMap<String, Integer> silent = new TreeMap<>();
  private final SortedMap<String, Integer> errors = new TreeMap<>();
  private final SortedMap<String, NightRun> corpus = new TreeMap<>();
  private final Coverage coverage = new Coverage();
  private int runs;
  private long simulatedMs;
  private long wallMs;
  private long elapsedMs;

  /** The gravest first, as kinds are declared. */
  private static final Comparator<Sign> SIGNS =
      Comparator.comparing(Sign::kind).thenComparing(Sign::cause);

  /**
   * An anomaly that no run may show.
   *
   * @param runs how many drawn runs showed it as their gravest
   * @param first by claim or workload, the run with the smallest seed that showed it
   */
  public record Found(int runs, SortedMap<String, NightRun> first) {

    private Found and(NightRun run) {
      SortedMap<String, NightRun> all = new TreeMap<>(first);
      all.merge(run.about(), run, (old, one) -> one.seed() < old.seed() ? one : old);
      return new Found(runs + 1, all);
    }

    /** Of all that showed it the run with the smallest seed. */
    public NightRun smallest() {
      return first.values().stream().min(Comparator.comparing(NightRun::seed)).orElseThrow();
    }

    private static Found of(NightRun run) {
      return new Found(0, new TreeMap<>()).and(run);
    }
  }

  /**
   * The drawn runs of one claim or workload.
   *
   * @param told how many could tell, whatever they told
   */
  public record Drawn(int runs, int told, long wallMs) {
    private Drawn and(Drawn other) {
      return new Drawn(runs + other.runs, told + other.told, wallMs + other.wallMs);
    }

    private static Drawn of(NightRun run) {
      boolean told = run.outcome() != Outcome.UNKNOWN && run.outcome() != Outcome.ERROR;
      return new Drawn(1, told ? 1 : 0, run.wallMs());
    }
  }

  /** True if nobody showed that with that claim or workload and a smaller seed so far. */
  synchronized boolean isFirst(NightRun run) {
    Found before = found.get(run.sign());
    NightRun same = before == null ? null : before.first().get(run.about());
    return same == null || run.seed() < same.seed();
  }

  /** Counts a run. */
  public synchronized void add(NightRun run) {
    simulatedMs += run.simulatedMs();
    wallMs += run.wallMs();
    elapsedMs = Math.max(elapsedMs, run.elapsedMs());
    synchronized (coverage) {
      coverage.add(run.points());
    }
    if (!run.drawn()) {
      corpus.put(run.corpus(), run);
      return;
    }
    runs++;
    drawn.merge(run.about(), Drawn.of(run), Drawn::and);
    outcomes.merge(run.outcome(), 1, Integer::sum);
    if (run.outcome() == Outcome.FINDING) {
      found.merge(run.sign(), Found.of(run), (old, one) -> old.and(run));
    } else if (run.outcome() == Outcome.ERROR) {
      errors.merge(String.valueOf(run.reason()), 1, Integer::sum);
    } else if (run.outcome() == Outcome.UNKNOWN) {
      silent.merge(String.valueOf(run.reason()), 1, Integer::sum);
    }
  }

  /** Drawn runs, those of the corpus not counted. */
  public synchronized int runs() {
    return runs;
  }

  /** How many drawn runs ended so. */
  public synchronized int runs(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  /** What was found, the gravest first. */
  public synchronized SortedMap<Sign, Found> found() {
    return new TreeMap<>(found);
  }

  /** Drawn runs by claim or workload. */
  public synchronized SortedMap<String, Drawn> drawn() {
    return new TreeMap<>(drawn);
  }

  /** Runs of the corpus by entry. */
  public synchronized SortedMap<String, NightRun> corpus() {
    return new TreeMap<>(corpus);
  }

  /** Why runs said nothing, and how many for each reason. */
  public synchronized SortedMap<String, Integer> silent() {
    return new TreeMap<>(silent);
  }

  /** In what ways the harness failed, and how often. */
  public synchronized SortedMap<String, Integer> errors() {
    return new TreeMap<>(errors);
  }

  /** What was touched; whoever reads it holds its lock. */
  public Coverage coverage() {
    return coverage;
  }

  /** Simulated (or real) time of all runs together, in milliseconds. */
  public synchronized long simulatedMs() {
    return simulatedMs;
  }

  /** Time spent on all runs together, in milliseconds. */
  public synchronized long wallMs() {
    return wallMs;
  }

  /** Time since the campaign began, the time between two processes left out, in milliseconds. */
  public synchronized long elapsedMs() {
    return elapsedMs;
  }

  /** How it went: the gravest of its runs; unknown if none could tell. */
  public synchronized Outcome outcome() {
    boolean finding = !found.isEmpty() || any(Outcome.FINDING, corpus.values());
    if (finding) {
      return Outcome.FINDING;
    }
    if (!errors.isEmpty() || any(Outcome.ERROR, corpus.values())) {
      return Outcome.ERROR;
    }
    int told = runs(Outcome.AS_EXPECTED) + runs(Outcome.WITNESS);
    return told == 0 && corpus.isEmpty() ? Outcome.UNKNOWN : Outcome.AS_EXPECTED;
  }

  private static boolean any(Outcome outcome, Collection<NightRun> runs) {
    return runs.stream().anyMatch(run -> run.outcome() == outcome);
  }
}
