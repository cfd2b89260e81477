package dev.trial.core.verdict;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The judgement of a run by all its checkers.
 *
 * @param stopped why the history is not that of a run from its beginning to its end, in words; null
 *     if it is. Then no checker could tell, and what was proven until then stands
 */
public record Verdict(Validity validity, List<Finding> findings, String stopped) {

  public Verdict {
    findings = List.copyOf(findings);
  }

  /** Of a history that is whole. */
  public Verdict(Validity validity, List<Finding> findings) {
    this(validity, findings, null);
  }

  /** All anomalies, checker by checker. */
  public List<Anomaly> anomalies() {
    return findings.stream().flatMap(finding -> finding.anomalies().stream()).toList();
  }

  /** How many of each kind, by name. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Anomaly anomaly : anomalies()) {
      counts.merge(anomaly.kind().id(), 1, Integer::sum);
    }
    return counts;
  }
}
