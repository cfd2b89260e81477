package dev.trial.core.verdict;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The judgement of a run by all its checkers. */
public record Verdict(Validity validity, List<Finding> findings) {

  public Verdict {
    findings = List.copyOf(findings);
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
