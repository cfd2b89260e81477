package dev.trial.app.mutant;

import dev.trial.app.claim.Claim;
import dev.trial.app.claim.Claims;
import dev.trial.app.claim.Experiment;
import dev.trial.broker.defect.Defect;
import dev.trial.core.verdict.AnomalyKind;
import java.util.Arrays;
import java.util.List;

/**
 * A defect and the experiment that is to expose it: one in which the clean cluster shows nothing
 * that is not explained.
 *
 * @param half "" where the claim has one experiment
 * @param meant the anomalies that count as having caught it
 */
public record MutantTrial(Defect defect, String claimId, String half, List<AnomalyKind> meant) {

  /** With the anomalies that the defect is about. */
  public MutantTrial(Defect defect, String claimId, String half) {
    this(defect, claimId, half, MeantKinds.of(defect));
  }

  /** The trial of a defect. */
  public static MutantTrial of(Defect defect) {
    return switch (defect) {
      case ACK_BEFORE_IN_SYNC,
          HIGH_WATERMARK_AHEAD,
          TRUNCATE_TO_HIGH_WATERMARK,
          DEPOSED_LEADER_ACKNOWLEDGES ->
          new MutantTrial(defect, "acks-all-min-isr-2", "");
      case WATERMARK_AT_END_AFTER_ELECTION,
          DIVERGENCE_NOT_TOLD,
          EPOCHS_OUTLIVE_TRUNCATION,
          LEADER_EPOCH_NOT_BUMPED ->
          new MutantTrial(defect, "log-divergence", "");
      case WATERMARK_NOT_HELD ->
          new MutantTrial(defect, "min-isr-protects-acks-1", "below-the-minimum");
      case IN_SYNC_BEFORE_CAUGHT_UP -> new MutantTrial(defect, "isr-shrink-expand", "");
      case BATCH_OVERTAKEN -> new MutantTrial(defect, "in-flight-reorder", "one-in-flight");
      case READ_ABOVE_HIGH_WATERMARK -> new MutantTrial(defect, "high-watermark-only", "");
      case TRUNCATION_HIDDEN_FROM_CONSUMERS ->
          new MutantTrial(defect, "truncated-position", "earliest");
      case OLD_LEADER_EPOCH_SERVED -> new MutantTrial(defect, "truncated-position", "asleep");
      case UNCLEAN_THOUGH_DISABLED, IN_SYNC_SET_IGNORED ->
          new MutantTrial(defect, "unclean-election-off", "in-sync-only");
      case UNCLEAN_SHUTDOWN_STAYS_ELIGIBLE, SEAT_KEPT_OVER_REBOOT ->
          new MutantTrial(defect, "unclean-election-off", "eligible-leaders");
      case MIN_INSYNC_IGNORED -> new MutantTrial(defect, "min-isr-protects-acks-1", "acks-all");
      case FLUSH_IGNORED -> new MutantTrial(defect, "power-loss-without-fsync", "flushed");
      case PRODUCERS_LOST_AT_ELECTION,
          PRODUCERS_EXPIRE_EARLY,
          DUPLICATE_SEQUENCE_APPENDED,
          SEQUENCE_GAP_ACCEPTED,
          ONE_BATCH_REMEMBERED,
          DUPLICATE_OFFSET_WRONG ->
          new MutantTrial(defect, "idempotent-once-in-order", "");
      case LAST_BATCH_LOST_AT_RESTART, PRODUCERS_LOST_AT_RESTART ->
          new MutantTrial(defect, "crash-keeps-page-cache", "");
      case OLD_EPOCH_SEQUENCES_KEPT,
          ABORTED_NOT_TOLD,
          OPEN_TRANSACTION_IGNORED,
          MARKER_TO_ONE_PARTITION,
          DECISION_NOT_AWAITED ->
          new MutantTrial(defect, "transactions-atomic", "");
      case PREPARED_COMMIT_ABORTED, LATE_MARKER_FORGOTTEN ->
          new MutantTrial(defect, "coordinator-failover", "transactions");
      case LATE_END_ENDS_NEXT -> new MutantTrial(defect, "delayed-end-txn", "version-2");
      case SHRINK_FORGOTTEN_AT_FAILOVER -> new MutantTrial(defect, "controller-failover", "");
      case TRANSACTION_NEVER_TIMES_OUT -> new MutantTrial(defect, "open-transaction-blocks", "");
      case FENCED_APPEND_ACCEPTED, SECOND_PRODUCER_NOT_FENCED ->
          new MutantTrial(defect, "zombie-fencing", "");
      case TRANSACTIONAL_OFFSETS_VISIBLE, ABORTED_OFFSETS_KEPT ->
          new MutantTrial(defect, "consume-transform-produce", "processors");
      case COMMIT_FROM_OLD_GENERATION -> new MutantTrial(defect, "session-timeout-zombie", "");
      case OFFSETS_LOST_AT_COORDINATOR_MOVE,
          OLDEST_OFFSET_LOADED,
          COMMIT_ANSWERED_EARLY,
          OFFSETS_EXPIRE_IN_USE ->
          new MutantTrial(defect, "coordinator-failover", "groups");
      case PARTITION_INCREASE_REMAPS ->
          new MutantTrial(defect, "partition-increase-custom-partitioner", "");
      case RETENTION_REMOVES_ACTIVE -> new MutantTrial(defect, "retention-time", "");
      case RETENTION_LEAVES_HOLE -> new MutantTrial(defect, "retention-bytes", "");
      case COMPACTION_DROPS_NEWEST, COMPACTION_MOVES_RECORD, TOMBSTONE_REMOVED_EARLY ->
          new MutantTrial(defect, "compaction-keeps-last", "dirty-0.5");
      case TIMESTAMP_LOOKUP_SKIPS_SEGMENT ->
          new MutantTrial(defect, "timestamps-and-headers", "create-time");
      case APPEND_TIME_OF_CLIENT ->
          new MutantTrial(defect, "timestamps-and-headers", "log-append-time");
      case RECREATED_SHOWS_OLD -> new MutantTrial(defect, "topic-recreate", "committed-removed");
      case COMMIT_FROM_STALE_EPOCH, EVICTED_MEMBER_KEPT ->
          new MutantTrial(defect, "session-timeout-zombie", "kip-848");
      case STATIC_MEMBER_NOT_FENCED -> new MutantTrial(defect, "static-instance-twice", "kip-848");
      case ASSIGNED_BEFORE_REVOKED ->
          new MutantTrial(defect, "rebalance-commit-on-revoke", "kip-848");
      case GROUP_LOST_AT_COORDINATOR_MOVE ->
          new MutantTrial(defect, "coordinator-failover", "groups-kip-848");
      case OWNERS_FORGOTTEN_AT_UPGRADE, OFFSETS_LOST_AT_DOWNGRADE ->
          new MutantTrial(defect, "protocol-migration", "rolling");
      case REASSIGNMENT_NOT_AWAITED ->
          new MutantTrial(defect, "preferred-election-and-reassignment", "");
      case CHECKSUM_NOT_CHECKED -> new MutantTrial(defect, "disk-corruption-detected", "bit-flip");
      case IO_ERROR_IGNORED -> new MutantTrial(defect, "disk-error-stops-broker", "full");
      case PARTITION_OF_TWO_MEMBERS -> new MutantTrial(defect, "rebalance-commit-on-revoke", "");
    };
  }

  /** All, in the order of the catalogue. */
  public static List<MutantTrial> all() {
    return Arrays.stream(Defect.values()).map(MutantTrial::of).toList();
  }

  /** The claim. */
  public Claim claim() {
    return Claims.all().get(claimId);
  }

  /** The experiment. */
  public Experiment experiment() {
    return claim()
        .half(half)
        .orElseThrow(() -> new IllegalStateException(claimId + " has no half " + half));
  }

  /** The claim, and its half if it has several. */
  public String name() {
    return claim().name(experiment());
  }
}
