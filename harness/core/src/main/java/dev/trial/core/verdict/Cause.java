package dev.trial.core.verdict;

import java.util.Locale;

/** What a history can prove to have caused an anomaly. */
public enum Cause {
  /** No condition explains it. */
  UNEXPLAINED,
  /** The value fell to the truncation of a clean election: acknowledged by the old leader alone. */
  TRUNCATED_BY_CLEAN_ELECTION,
  /**
   * Acknowledged by the old leader alone, and not held by the eligible replica that was elected:
   * one that has what is committed, but not what was written while the in-sync set was below its
   * minimum (KIP-966).
   */
  ELIGIBLE_LEADER_ELECTION,
  /** A replica outside the in-sync set was elected. */
  UNCLEAN_ELECTION,
  /** Every in-sync replica lost its unflushed bytes. */
  POWER_LOSS,
  /** The acknowledgement came when the in-sync set was the leader alone. */
  IN_SYNC_SET_OF_ONE,
  /** The send was never acknowledged by a broker (acks=0). */
  NOT_ACKNOWLEDGED,
  /**
   * A marker was written again under faults: its answer was lost, or another coordinator took over.
   * Leaders allow that, also with transaction version 2 (KAFKA-19999).
   */
  MARKER_RETRIED,
  /** A commit delayed on a closed connection landed late. */
  LATE_COMMIT,
  /** A consequence of a value lost in an explained truncation (a reused offset, …). */
  CONSEQUENCE_OF_TRUNCATION,
  /**
   * A delivery timed out while the value was on its way: an idempotent producer goes on with a
   * raised epoch and numbers what is in flight anew, so that a broker stores it twice (KIP-360).
   */
  DELIVERY_TIMEOUT,
  /** The application did the work twice or not at all by its own choice of commit. */
  COMMIT_STRATEGY,
  /** As that, and it was the last record that the process worked on. */
  LAST_RECORD,
  /** As that, and the commit was behind by more than the batch at hand. */
  COMMIT_BEHIND;

  /** The name in reports and JSON. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
