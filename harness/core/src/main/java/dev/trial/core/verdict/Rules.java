package dev.trial.core.verdict;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the profile promises and allows: the data that turns the same history from an anomaly into a
 * permitted behaviour.
 *
 * @param acks 0, 1 or −1 (all), of the producers under test
 * @param minInsyncReplicas of the topics under test
 * @param groups consumer groups whose coverage is judged (every record must reach each of them)
 * @param autoOffsetReset by group: earliest, latest, none
 * @param judged the anomalies that count in this run; others are reported as statistics only.
 *     Empty: all count
 * @param vacuity how much the faults have to touch, or the run is {@code unknown}
 * @param topic settings of the topics under test, by Kafka's names
 * @param memberSessionMs how long a group keeps a silent member; who can reach its coordinator
 *     learns sooner that it is out
 * @param groupTypes types that each judged group has to be seen in, in this order: else the run is
 *     {@code unknown}. Empty: any
 */
public record Rules(
    int acks,
    int minInsyncReplicas,
    Set<String> groups,
    Map<String, String> autoOffsetReset,
    Set<AnomalyKind> judged,
    Vacuity vacuity,
    Map<String, String> topic,
    long memberSessionMs,
    List<String> groupTypes) {

  private static final String DEFAULT_DELETE_RETENTION_MS = "86400000";
  private static final String DEFAULT_RETENTION_MS = "604800000";

  /** Kafka's default, for the classic protocol and for KIP-848. */
  private static final long DEFAULT_SESSION_MS = 45_000;

  /** Rules for groups of whatever type. */
  public Rules(
      int acks,
      int minInsyncReplicas,
      Set<String> groups,
      Map<String, String> autoOffsetReset,
      Set<AnomalyKind> judged,
      Vacuity vacuity,
      Map<String, String> topic,
      long memberSessionMs) {
    this(
        acks,
        minInsyncReplicas,
        groups,
        autoOffsetReset,
        judged,
        vacuity,
        topic,
        memberSessionMs,
        List.of());
  }

  /** Rules for topics and groups with Kafka's defaults. */
  public Rules(
      int acks,
      int minInsyncReplicas,
      Set<String> groups,
      Map<String, String> autoOffsetReset,
      Set<AnomalyKind> judged,
      Vacuity vacuity) {
    this(
        acks,
        minInsyncReplicas,
        groups,
        autoOffsetReset,
        judged,
        vacuity,
        Map.of(),
        DEFAULT_SESSION_MS);
  }

  /** True if older records of a key may go. */
  public boolean compacted() {
    return topic.getOrDefault("cleanup.policy", "delete").contains("compact");
  }

  /** True if leaders stamp records with their own clock (KIP-32). */
  public boolean stampedByLog() {
    return topic.getOrDefault("message.timestamp.type", "CreateTime").equals("LogAppendTime");
  }

  /** True if old segments may go within a run. */
  public boolean retained() {
    return topic.containsKey("retention.ms") || topic.containsKey("retention.bytes");
  }

  /** True if records may go because there are too many. */
  public boolean limitsBytes() {
    return Long.parseLong(topic.getOrDefault("retention.bytes", "-1")) >= 0;
  }

  /** Younger records may not be deleted for their age; {@link Long#MAX_VALUE} for no limit. */
  public long retentionMs() {
    long ms = Long.parseLong(topic.getOrDefault("retention.ms", DEFAULT_RETENTION_MS));
    return ms < 0 ? Long.MAX_VALUE : ms;
  }

  /** How long a tombstone stays after it was first met by a cleaning (KIP-534). */
  public long deleteRetentionMs() {
    return Long.parseLong(topic.getOrDefault("delete.retention.ms", DEFAULT_DELETE_RETENTION_MS));
  }

  /** True if this kind of anomaly counts. */
  public boolean judges(AnomalyKind kind) {
    return judged.isEmpty() || judged.contains(kind);
  }
}
