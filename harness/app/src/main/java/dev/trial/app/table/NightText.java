package dev.trial.app.table;

import dev.trial.claims.Claims;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.coverage.Dimension;
import dev.trial.engine.nightly.Change;
import dev.trial.engine.nightly.NightPlan;
import dev.trial.engine.nightly.NightSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A campaign for people: what was found, what was held, what was touched. */
public final class NightText {
  private static final double MS_PER_SECOND = 1e3;
  private static final int SELDOM = 3;
  private static final String ASSIGNORS = "org.apache.kafka.clients.consumer.";

  private final NightPlan plan;
  private final NightSummary summary;
  private final int columns;

  /**
   * Of a campaign, over or not.
   *
   * @param columns how wide the coverage table may be; what is longer is cut
   */
  public NightText(NightPlan plan, NightSummary summary, int columns) {
    this.plan = plan;
    this.summary = summary;
    this.columns = columns;
  }

  /** In one line: how many runs, how fast. */
  public String speed() {
    double seconds = Math.max(1, summary.elapsedMs()) / MS_PER_SECOND;
    return String.format(
        Locale.ROOT,
        "%d runs in %s: %.1f runs and %.0f seconds of clusters a second",
        summary.runs(),
        clock(summary.elapsedMs()),
        summary.runs() / seconds,
        summary.simulatedMs() / MS_PER_SECOND / seconds);
  }

  /** Minutes and seconds. */
  public static String clock(long ms) {
    long seconds = Math.max(0, ms) / 1_000;
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  /** What there is to say. */
  public List<String> lines(List<Change> changes) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.join(", ", plan.targets())
            + ", kafka-clients "
            + plan.client()
            + seeds()
            + (plan.mutants().isEmpty() ? "" : ", with " + String.join(", ", plan.mutants()))
            + (plan.shard().count() == 1 ? "" : ", part " + plan.shard().text()));
    lines.add(speed());
    lines.add(outcomes());
    findings(lines);
    corpus(lines, changes);
    reasons(lines, "unknown", summary.silent());
    reasons(lines, "failed in the harness", summary.errors());
    coverage(lines);
    return lines;
  }

  private String seeds() {
    return plan.seeds() > 0
        ? ", seeds " + plan.firstSeed() + ".." + (plan.firstSeed() + plan.seeds() - 1)
        : ", seeds from " + plan.firstSeed();
  }

  private String outcomes() {
    int told = summary.runs(Outcome.AS_EXPECTED) + summary.runs(Outcome.WITNESS);
    List<String> parts = new ArrayList<>();
    parts.add(told + " as expected");
    parts.add(summary.runs(Outcome.FINDING) + " findings");
    parts.add(summary.runs(Outcome.UNKNOWN) + " unknown");
    if (summary.runs(Outcome.NOT_APPLICABLE) > 0) {
      parts.add(summary.runs(Outcome.NOT_APPLICABLE) + " not applicable");
    }
    if (summary.runs(Outcome.ERROR) > 0) {
      parts.add(summary.runs(Outcome.ERROR) + " failed in the harness");
    }
    return String.join(", ", parts);
  }

  private void findings(List<String> lines) {
    summary
        .found()
        .forEach(
            (sign, found) -> {
              lines.add("");
              lines.add(
                  sign.words() + " in " + found.runs() + (found.runs() == 1 ? " run" : " runs"));
              lines.add("  " + found.smallest().sentence());
              lines.add("  " + shortened(List.copyOf(found.first().keySet())));
            });
  }

  private static String shortened(List<String> names) {
    return names.size() <= 2 * SELDOM
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, 2 * SELDOM))
            + ", and "
            + (names.size() - 2 * SELDOM)
            + " more";
  }

  private static void corpus(List<String> lines, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("corpus");
    for (Change change : changes) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-14s  %s, first seen %s, last %s",
              change.kind().words(),
              change.entry().name(),
              change.entry().firstSeen(),
              change.entry().lastSeen()));
    }
  }

  private static void reasons(List<String> lines, String what, SortedMap<String, Integer> reasons) {
    if (reasons.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(what);
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(SELDOM)
        .forEach(
            each ->
                lines.add(String.format(Locale.ROOT, "  %4d  %s", each.getValue(), each.getKey())));
  }

  private void coverage(List<String> lines) {
    lines.add("");
    lines.add(row("touched", "points", "most seldom"));
    synchronized (summary.coverage()) {
      for (Dimension dimension : Dimension.values()) {
        SortedMap<String, Integer> points = summary.coverage().of(dimension);
        lines.add(row(dimension.title(), count(dimension, points), seldom(points)));
      }
    }
  }

  private String row(String what, String points, String seldom) {
    String row = String.format(Locale.ROOT, "  %-42s %10s   %s", what, points, seldom);
    return row.length() <= columns
        ? row.stripTrailing()
        : row.substring(0, Math.max(1, columns - 1)) + "…";
  }

  private static String count(Dimension dimension, SortedMap<String, Integer> points) {
    if (dimension != Dimension.CLAIM) {
      return String.valueOf(points.size());
    }
    int all = Claims.all().values().stream().mapToInt(claim -> claim.halves().size()).sum();
    return points.size() + " of " + all;
  }

  private static String seldom(SortedMap<String, Integer> points) {
    return points.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry<String, Integer>::getValue))
        .limit(SELDOM)
        .map(each -> each.getKey().replace(ASSIGNORS, "") + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }
}
