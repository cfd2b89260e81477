package dev.trial.results.index;

import dev.trial.core.verdict.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up runs as they come, oldest first. What it holds grows with what is different, never with
 * the number of runs.
 */
public final class RunIndex {
  /** Whoever has more different ones has no use for reading them. */
  static final int REASONS_MOST = 200;

  static final int UNREAD_SHOWN = 20;

  private final Tally all = new Tally();
  private final Map<Shown, FoundAnomaly> found = new TreeMap<>(Shown.GRAVEST);
  private final Map<String, Tally> abouts = new TreeMap<>();
  private final Map<String, Tally> periods = new LinkedHashMap<>();
  private final Map<String, Reason> reasons = new LinkedHashMap<>();
  private final RunSeries series = new RunSeries();
  private final List<String> unread = new ArrayList<>();
  private int unreadMore;

  /** Why so many runs said nothing; their numbers may differ from those of the example. */
  record Reason(Outcome outcome, String example, int runs) {
    private Reason and(Reason other) {
      return new Reason(outcome, example, runs + other.runs);
    }
  }

  /**
   * Counts a run.
   *
   * @param period the campaign, or the day, that it is of
   */
  public void add(String period, IndexedRun run) {
    all.add(run);
    series.add(run);
    abouts.computeIfAbsent(run.about(), about -> new Tally()).add(run);
    periods.computeIfAbsent(period, label -> new Tally()).add(run);
    if (run.outcome() == Outcome.FINDING) {
      found.computeIfAbsent(run.shown(), shown -> new FoundAnomaly(period)).add(period, run);
    } else if (!run.outcome().asItShouldBe() || run.outcome() == Outcome.NOT_APPLICABLE) {
      reason(run.outcome(), String.valueOf(run.reason()));
    }
  }

  private void reason(Outcome outcome, String text) {
    String alike = outcome.id() + " " + text.replaceAll("\\d+", "0");
    boolean room = reasons.containsKey(alike) || reasons.size() < REASONS_MOST;
    String key = room ? alike : outcome.id();
    String told = room ? text : "other reasons";
    reasons.merge(key, new Reason(outcome, told, 1), Reason::and);
  }

  /** Notes what could not be read: its runs are not counted. */
  public void unread(String problem) {
    if (unread.size() < UNREAD_SHOWN) {
      unread.add(problem);
    } else {
      unreadMore++;
    }
  }

  /** How many runs there are. */
  public int runs() {
    return all.runs();
  }

  /** What could not be read, as far as it is kept. */
  public List<String> unread() {
    return List.copyOf(unread);
  }

  int unreadMore() {
    return unreadMore;
  }

  Tally all() {
    return all;
  }

  /** The gravest first. */
  List<FoundAnomaly> found() {
    return List.copyOf(found.values());
  }

  Map<String, Tally> abouts() {
    return abouts;
  }

  /** In order of time. */
  Map<String, Tally> periods() {
    return periods;
  }

  RunSeries series() {
    return series;
  }

  /** The most frequent first, with one outcome. */
  List<Reason> reasons(Outcome outcome) {
    return reasons.values().stream()
        .filter(each -> each.outcome() == outcome)
        .sorted(Comparator.comparing(Reason::runs).reversed())
        .toList();
  }
}
