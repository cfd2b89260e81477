package dev.trial.core.verdict;

import java.util.List;
import java.util.Map;

/**
 * What one checker found.
 *
 * @param unknown why nothing can be said, null if something can
 * @param statistics counts worth reading; never a verdict
 */
public record Finding(
    String checker, List<Anomaly> anomalies, String unknown, Map<String, Long> statistics) {

  public Finding {
    anomalies = List.copyOf(anomalies);
  }
}
