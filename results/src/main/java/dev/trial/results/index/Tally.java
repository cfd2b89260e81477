package dev.trial.results.index;

import dev.trial.core.verdict.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** Runs counted by how they ended. */
final class Tally {
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private int runs;
  private int withAnomalies;
  private long simulatedMs;

  void add(IndexedRun run) {
    outcomes.merge(run.outcome().ofRun(), 1, Integer::sum);
    runs++;
    withAnomalies += run.anomalies() ? 1 : 0;
    simulatedMs += run.simulatedMs();
  }

  void add(Tally other) {
    other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
    runs += other.runs;
    withAnomalies += other.withAnomalies;
    simulatedMs += other.simulatedMs;
  }

  int runs() {
    return runs;
  }

  int of(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  /** Runs in which any anomaly was seen, allowed or not. */
  int withAnomalies() {
    return withAnomalies;
  }

  long simulatedMs() {
    return simulatedMs;
  }
}
