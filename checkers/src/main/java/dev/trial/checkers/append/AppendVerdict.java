package dev.trial.checkers.append;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a history of list-append transactions shows.
 *
 * @param anomalies the witnesses; at most {@link Findings#MOST_OF_A_KIND} of one kind
 * @param counts how many there were of each kind
 * @param edges how many dependencies between transactions were found
 * @param complete false if the budget for cycles ended first
 */
public record AppendVerdict(
    List<AppendAnomaly> anomalies, Map<String, Integer> counts, int edges, boolean complete) {
  public AppendVerdict {
    anomalies = List.copyOf(anomalies);
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /** True if every transaction could have been run alone, one after the other, in real time. */
  public boolean valid() {
    return anomalies.isEmpty() && complete;
  }
}
