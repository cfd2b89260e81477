package dev.trial.core.verdict;

import java.util.Set;

/** Anomalies of these kinds, where the history proves one of these causes. */
public record Explained(Set<AnomalyKind> kinds, Set<Cause> causes) {

  public Explained {
    kinds = Set.copyOf(kinds);
    causes = Set.copyOf(causes);
  }

  public boolean covers(Anomaly anomaly) {
    return kinds.contains(anomaly.kind()) && causes.contains(anomaly.cause());
  }
}
