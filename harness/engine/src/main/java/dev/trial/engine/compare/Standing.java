package dev.trial.engine.compare;

import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.RunResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** How one contender came through all seeds. */
public final class Standing {
  private static final long HIGHEST_US = 3_600_000_000L;
  private static final int DIGITS = 3;

  private final Contender contender;
  private final Map<Harm, Suffered> harms = new EnumMap<>(Harm.class);
  private final SortedMap<String, Integer> others = new TreeMap<>();
  private final List<String> notAllowed = new ArrayList<>();
  private final List<String> silent = new ArrayList<>();
  private final Histogram latencyUs = new Histogram(HIGHEST_US, DIGITS);
  private final List<Long> gapsMs = new ArrayList<>();
  private final List<Long> unownedMs = new ArrayList<>();
  private int runs;
  private int failed;
  private long acknowledged;
  private long crashes;
  private long loadMs;

  Standing(Contender contender) {
    this.contender = contender;
  }

  /**
   * A harm.
   *
   * @param runs in how many runs
   * @param records how many records, or pieces of work
   * @param witness the first run that shows it
   */
  public record Suffered(int runs, int records, String witness) {}

  /** Counts a run; true if it is the first witness of something. */
  boolean add(RunResult result) {
    if (result.outcome() == null || result.history() == null) {
      silent.add(result.request().name() + ": " + result.summary().reason());
      failed += result.summary().outcome() == Outcome.ERROR ? 1 : 0;
      return false;
    }
    runs++;
    traffic(Traffic.of(result.history()));
    unownedMs.addAll(Handovers.unownedMs(result.history()));
    if (result.outcome().outcome() == Outcome.FINDING) {
      Anomaly first = result.outcome().unexpected().get(0);
      notAllowed.add(result.request().name() + ": " + first.kind().id() + ": " + first.sentence());
    }
    return harms(result) | result.outcome().outcome() == Outcome.FINDING;
  }

  private void traffic(Traffic traffic) {
    latencyUs.add(traffic.latencyUs());
    acknowledged += traffic.acknowledged();
    crashes += traffic.crashes();
    loadMs += traffic.loadMs();
    gapsMs.add(traffic.longestGapMs());
  }

  private boolean harms(RunResult result) {
    boolean first = false;
    List<Anomaly> left = new ArrayList<>(result.verdict().anomalies());
    for (Harm harm : Harm.values()) {
      Set<Object> records = new LinkedHashSet<>();
      left.stream().filter(each -> harm.has(each.kind())).forEach(each -> add(each, records));
      left.removeIf(each -> harm.has(each.kind()));
      if (!records.isEmpty()) {
        Suffered before = harms.get(harm);
        first |= before == null;
        harms.put(
            harm,
            before == null
                ? new Suffered(1, records.size(), result.request().name())
                : new Suffered(before.runs + 1, before.records + records.size(), before.witness));
      }
    }
    left.stream()
        .map(each -> each.kind().id())
        .distinct()
        .forEach(kind -> others.merge(kind, 1, Integer::sum));
    return first;
  }

  private static void add(Anomaly anomaly, Set<Object> records) {
    if (anomaly.values().isEmpty()) {
      records.add(anomaly);
    } else {
      records.addAll(anomaly.values());
    }
  }

  /** Who it is. */
  public Contender contender() {
    return contender;
  }

  /** Runs that could be held. */
  public int runs() {
    return runs;
  }

  /**
   * How it went: whether any run failed in the harness, showed what it may not, or none was held.
   */
  public Outcome outcome() {
    if (failed > 0) {
      return Outcome.ERROR;
    }
    if (!notAllowed.isEmpty()) {
      return Outcome.FINDING;
    }
    return runs == 0 ? Outcome.UNKNOWN : Outcome.AS_EXPECTED;
  }

  /** Harms that it suffered. */
  public Map<Harm, Suffered> harms() {
    return Collections.unmodifiableMap(harms);
  }

  /** What else was seen: in how many runs each kind of anomaly. */
  public SortedMap<String, Integer> others() {
    return Collections.unmodifiableSortedMap(others);
  }

  /** Runs that show what these settings do not give away. */
  public List<String> notAllowed() {
    return List.copyOf(notAllowed);
  }

  /** Runs that say nothing, and why. */
  public List<String> silent() {
    return List.copyOf(silent);
  }

  /** The latency of acknowledged sends below which so many percent lie, in milliseconds. */
  public double latencyMs(double percentile) {
    return latencyUs.getValueAtPercentile(percentile) / 1e3;
  }

  /** Acknowledged sends a second of load. */
  public double acknowledgedPerSecond() {
    return loadMs == 0 ? 0 : acknowledged * 1e3 / loadMs;
  }

  /** Clients that were killed at work. */
  public long crashes() {
    return crashes;
  }

  /** The median over runs of the longest time in which a partition acknowledged nothing. */
  public long medianGapMs() {
    return median(gapsMs);
  }

  /** The longest of all those times. */
  public long worstGapMs() {
    return worst(gapsMs);
  }

  /** The median over all handovers in groups of the time in which a partition had no owner. */
  public long medianUnownedMs() {
    return median(unownedMs);
  }

  /** The longest of all those times. */
  public long worstUnownedMs() {
    return worst(unownedMs);
  }

  private static long median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    if (sorted.isEmpty() || sorted.size() % 2 == 1) {
      return sorted.isEmpty() ? 0 : sorted.get(half);
    }
    return (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private static long worst(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
