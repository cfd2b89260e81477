package dev.trial.broker.log;

/**
 * When segments are closed, deleted and compacted: the topic's settings of those names.
 *
 * @param delete cleanup.policy names delete
 * @param compact cleanup.policy names compact
 * @param segmentMs segment.ms
 * @param retentionMs retention.ms, −1 for no limit
 * @param retentionBytes retention.bytes, −1 for no limit
 * @param deleteRetentionMs delete.retention.ms: how long a tombstone outlives its first cleaning
 *     (KIP-534)
 * @param minCleanableRatio min.cleanable.dirty.ratio
 * @param minCompactionLagMs min.compaction.lag.ms
 * @param maxCompactionLagMs max.compaction.lag.ms (KIP-354)
 */
public record CleanupSettings(
    boolean delete,
    boolean compact,
    long segmentMs,
    long retentionMs,
    long retentionBytes,
    long deleteRetentionMs,
    double minCleanableRatio,
    long minCompactionLagMs,
    long maxCompactionLagMs) {

  /** Nothing ever goes. */
  public static final CleanupSettings KEEP_ALL =
      new CleanupSettings(true, false, Long.MAX_VALUE, -1, -1, 86_400_000, 0.5, 0, Long.MAX_VALUE);
}
