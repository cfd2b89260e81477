package dev.trial.core.verdict;

import java.util.Map;
import java.util.Set;

/**
 * What the profile promises and allows: the data that turns the same history from an anomaly into a
 * permitted behaviour.
 *
 * @param acks 0, 1 or −1 (all), of the producers under test
 * @param minInsyncReplicas of the topics under test
 * @param idempotent whether producers are idempotent
 * @param groups consumer groups whose coverage is judged (every record must reach each of them)
 * @param autoOffsetReset by group: earliest, latest, none
 * @param judged the anomalies that count in this run; others are reported as statistics only.
 *     Empty: all count
 * @param minOperationsUnderFault fewer acknowledged operations while faults were active than this
 *     make the run {@code unknown}
 * @param memberSessionMs how long a group keeps a silent member; who can reach its coordinator
 *     learns sooner that it is out
 */
public record Rules(
    int acks,
    int minInsyncReplicas,
    boolean idempotent,
    Set<String> groups,
    Map<String, String> autoOffsetReset,
    Set<AnomalyKind> judged,
    int minOperationsUnderFault,
    long memberSessionMs) {

  /** Kafka's default, for the classic protocol and for KIP-848. */
  private static final long DEFAULT_SESSION_MS = 45_000;

  /** Rules for groups with Kafka's default session timeout. */
  public Rules(
      int acks,
      int minInsyncReplicas,
      boolean idempotent,
      Set<String> groups,
      Map<String, String> autoOffsetReset,
      Set<AnomalyKind> judged,
      int minOperationsUnderFault) {
    this(
        acks,
        minInsyncReplicas,
        idempotent,
        groups,
        autoOffsetReset,
        judged,
        minOperationsUnderFault,
        DEFAULT_SESSION_MS);
  }

  /** True if this kind of anomaly counts. */
  public boolean judges(AnomalyKind kind) {
    return judged.isEmpty() || judged.contains(kind);
  }
}
