package dev.trial.checkers.jepsen;

import dev.trial.core.verdict.AnomalyKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which anomalies are no errors in a history, and who says so. */
public final class Allowances {

  /** When something is allowed. */
  public enum Condition {
    /** Some process joined a group by {@code :subscribe}. */
    SUBSCRIBED
  }

  /**
   * One permitted behaviour.
   *
   * @param citation where it is promised, or said not to be
   */
  public record Allowance(AnomalyKind kind, Condition when, String citation) {}

  /** All of them. */
  public static final List<Allowance> ALL =
      List.of(
          new Allowance(
              AnomalyKind.POLL_SKIP,
              Condition.SUBSCRIBED,
              "KafkaConsumer: after a rebalance consumption resumes at the committed offsets, which"
                  + " another member may have moved on; jepsen.tests.kafka/allowed-error-types"),
          new Allowance(
              AnomalyKind.NONMONOTONIC_POLL,
              Condition.SUBSCRIBED,
              "KafkaConsumer: after a rebalance consumption resumes at the committed offsets, which"
                  + " may lie before the last position; jepsen.tests.kafka/allowed-error-types"));

  private final Map<AnomalyKind, Allowance> inForce = new EnumMap<>(AnomalyKind.class);

  private Allowances() {}

  /** What is allowed in a history. */
  static Allowances of(KafkaHistory history) {
    Allowances allowances = new Allowances();
    for (Allowance each : ALL) {
      boolean holds =
          switch (each.when()) {
            case SUBSCRIBED -> history.subscribes();
          };
      if (holds) {
        allowances.inForce.put(each.kind(), each);
      }
    }
    return allowances;
  }

  boolean allow(AnomalyKind kind) {
    return inForce.containsKey(kind);
  }
}
