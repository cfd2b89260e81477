package dev.trial.core.verdict;

import java.util.Locale;

/**
 * Every anomaly a checker can report. Names follow Jepsen's Kafka workload where it has one, Adya's
 * for transaction cycles.
 */
public enum AnomalyKind {
  /** An acknowledged value is absent although the log provably goes past its place. */
  LOST_WRITE,
  /** A value some consumer observed is absent later. */
  READ_THEN_LOST,
  /** An acknowledged value is absent at the proven end of the log. */
  TAIL_LOSS,
  /** Acknowledged, read by nobody, and the end of the log is not proven. */
  UNSEEN,
  /** In the log, never delivered to a group that should have had it. */
  SKIPPED_BY_GROUP,
  /** One value at two offsets. */
  DUPLICATE,
  /** Two values at one offset. */
  INCONSISTENT_OFFSETS,
  /** A value read that nobody sent, or that differs from what was sent. */
  PHANTOM,
  /** A value whose send definitely failed is in the log. */
  RESURRECTED,
  /** In-sync replicas differ below the high watermark. */
  REPLICA_DIVERGENCE,
  /**
   * A record already readable, or an end offset already told, went away without an unclean
   * election.
   */
  WATERMARK_REGRESSION,
  /** The newest value of a key is missing from a compacted log. */
  COMPACTION_LOSS,
  /** Records that survived a compaction changed offset or order. */
  COMPACTION_REORDER,
  /** What retention deleted is no prefix of the log, or was too young to go. */
  RETENTION_HOLE,
  /** What a leader told of the first record from a time on contradicts the log. */
  WRONG_TIMESTAMP_LOOKUP,
  /** A record's timestamp is another one for somebody else, or set by who should not set it. */
  WRONG_TIMESTAMP,
  /** Between two polls of a process an index of the version order is jumped. */
  POLL_SKIP,
  /** Inside one poll an index is jumped. */
  INT_POLL_SKIP,
  /** Between two polls a process goes backwards. */
  NONMONOTONIC_POLL,
  /** Inside one poll a process goes backwards. */
  INT_NONMONOTONIC_POLL,
  /** A process's sends land in the wrong order. */
  NONMONOTONIC_SEND,
  /** A producer's records of one key are in two partitions of a topic that did not grow. */
  KEY_SPLIT,
  /** Inside one operation a process's sends land in the wrong order. */
  INT_NONMONOTONIC_SEND,
  /** Per key and producer session: log order differs from send order. */
  SEND_REORDER,
  /** A record lies before one that was acknowledged before it was sent: no linearizable log. */
  REALTIME_SEND_REORDER,
  /** Per key: processing order differs from log order. */
  PROCESSING_REORDER,
  /** Per key across partitions: a key's records are processed out of the order of their sends. */
  KEY_REORDER,
  /** An input was processed more than once. */
  DUPLICATE_PROCESSING,
  /** An input was never processed although its offset is committed. */
  LOST_PROCESSING,
  /** A committed offset went back without a reset. */
  COMMIT_REGRESSION,
  /** A committed offset lies beyond what the group was delivered. */
  COMMIT_AHEAD,
  /** An acknowledged commit is not what a later fetch returns. */
  LOST_COMMIT,
  /** Two members own a partition in one generation. */
  OWNERSHIP_OVERLAP,
  /** Members lost or got partitions although the one that went was back in time under its id. */
  NEEDLESS_REBALANCE,
  /** Members were at work, and for longer than a rebalance may take nobody owned a partition. */
  UNOWNED,
  /** A consumer starts where neither the committed offset nor the reset policy explains. */
  WRONG_START,
  /**
   * A consumer's position was truncated away, and it went on without the reset or the error that it
   * was configured for (KIP-320).
   */
  SILENT_TRUNCATION,
  /** After healing a consumer makes no progress. */
  STUCK_CONSUMER,
  /** Transactions that each read what another of them wrote, in a circle (Adya's G1c). */
  G1C,
  /** A reader got a value of a transaction that was aborted (G1a). */
  ABORTED_READ,
  /** A transaction was handed a value that it had sent itself and not yet committed. */
  PRECOMMITTED_READ,
  /** Of one transaction, part of the values can be read in the end and part cannot. */
  TORN_TRANSACTION,
  /** A reader of committed data got a value of a transaction that nobody tried to commit. */
  ZOMBIE_COMMIT,
  /** Readers of committed data are held by a transaction that should have ended long ago. */
  HANGING_TRANSACTION,
  /** A log holds more or fewer markers than transactions that ended in it. */
  MARKER_MISMATCH,
  /** A send never completed, or its callback came more than once. */
  CALLBACK_MISSING,
  /** The wire proved bytes changed under way. */
  WIRE_CORRUPTION,
  /** A client's own thread met what it did not expect, and went on as if nothing had happened. */
  CLIENT_ERROR,
  /** Replicas of the reference cluster broke an invariant that no client could see. */
  BROKER_INVARIANT,
  /** Writes were refused or timed out while the claim says they should be served. */
  UNAVAILABLE;

  /** The name in reports, JSON and on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
