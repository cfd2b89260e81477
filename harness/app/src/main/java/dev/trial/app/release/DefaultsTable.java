package dev.trial.app.release;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Defaults that carry a promise, by version of kafka-clients, as a Markdown table: what producers
 * promise about loss, duplicates and order, and how consumers begin, share and commit.
 */
public final class DefaultsTable {
  private static final List<String> PRODUCER =
      List.of(
          "acks",
          "enable.idempotence",
          "max.in.flight.requests.per.connection",
          "retries",
          "delivery.timeout.ms",
          "linger.ms");
  private static final List<String> CONSUMER =
      List.of(
          "group.protocol",
          "partition.assignment.strategy",
          "session.timeout.ms",
          "max.poll.interval.ms",
          "enable.auto.commit",
          "auto.offset.reset",
          "isolation.level");

  /** Where the release has no such setting. */
  private static final String UNKNOWN = "–";

  private DefaultsTable() {}

  /** The lines of the table; {@code releases} in the order of its columns. */
  public static List<String> lines(List<Release> releases) {
    List<String> lines = new ArrayList<>();
    lines.add(row("setting", releases.stream().map(Release::version).toList()));
    lines.add("|---".repeat(releases.size() + 1) + "|");
    for (String name : PRODUCER) {
      lines.add(row("producer: " + name, cells(releases, name, true)));
    }
    for (String name : CONSUMER) {
      lines.add(row("consumer: " + name, cells(releases, name, false)));
    }
    return lines;
  }

  /** A version and what it tells. */
  public record Release(String version, ClientDefaults defaults) {}

  private static List<String> cells(List<Release> releases, String name, boolean producer) {
    List<String> cells = new ArrayList<>();
    for (Release each : releases) {
      SortedMap<String, String> told =
          producer ? each.defaults().producer() : each.defaults().consumer();
      cells.add(told.getOrDefault(name, UNKNOWN));
    }
    return cells;
  }

  private static String row(String first, List<String> cells) {
    return "| " + first + " | " + String.join(" | ", cells) + " |";
  }
}
