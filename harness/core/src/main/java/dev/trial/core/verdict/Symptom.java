package dev.trial.core.verdict;

import java.util.EnumSet;
import java.util.Set;

/**
 * How a known bug shows in a history: what does not look like it is not the bug's.
 *
 * @param kind of anomaly
 * @param causes one of which the history must prove
 * @param words of the anomaly's sentence that no other bug has; empty where none are the bug's own
 */
public record Symptom(AnomalyKind kind, Set<Cause> causes, String words) {

  public Symptom {
    causes = Set.copyOf(causes);
  }

  /** Any anomaly of that kind: a history tells this bug from no other. */
  public static Symptom any(AnomalyKind kind) {
    return saying(kind, "");
  }

  /** Whose sentence has those words, such as a client's own error. */
  public static Symptom saying(AnomalyKind kind, String words) {
    return new Symptom(kind, EnumSet.allOf(Cause.class), words);
  }

  /** Where the history proves that cause. */
  public static Symptom proven(AnomalyKind kind, Cause cause) {
    return new Symptom(kind, EnumSet.of(cause), "");
  }

  /** True if the anomaly is one that the bug makes. */
  public boolean in(Anomaly anomaly) {
    return kind == anomaly.kind()
        && causes.contains(anomaly.cause())
        && anomaly.sentence().contains(words);
  }
}
