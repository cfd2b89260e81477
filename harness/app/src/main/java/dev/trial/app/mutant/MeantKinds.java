package dev.trial.app.mutant;

import static dev.trial.core.verdict.AnomalyKind.ABORTED_READ;
import static dev.trial.core.verdict.AnomalyKind.COMMIT_REGRESSION;
import static dev.trial.core.verdict.AnomalyKind.COMPACTION_LOSS;
import static dev.trial.core.verdict.AnomalyKind.COMPACTION_REORDER;
import static dev.trial.core.verdict.AnomalyKind.DUPLICATE;
import static dev.trial.core.verdict.AnomalyKind.HANGING_TRANSACTION;
import static dev.trial.core.verdict.AnomalyKind.INCONSISTENT_OFFSETS;
import static dev.trial.core.verdict.AnomalyKind.LOST_COMMIT;
import static dev.trial.core.verdict.AnomalyKind.LOST_PROCESSING;
import static dev.trial.core.verdict.AnomalyKind.LOST_WRITE;
import static dev.trial.core.verdict.AnomalyKind.NONMONOTONIC_SEND;
import static dev.trial.core.verdict.AnomalyKind.OWNERSHIP_OVERLAP;
import static dev.trial.core.verdict.AnomalyKind.PHANTOM;
import static dev.trial.core.verdict.AnomalyKind.READ_THEN_LOST;
import static dev.trial.core.verdict.AnomalyKind.REALTIME_SEND_REORDER;
import static dev.trial.core.verdict.AnomalyKind.REPLICA_DIVERGENCE;
import static dev.trial.core.verdict.AnomalyKind.RESURRECTED;
import static dev.trial.core.verdict.AnomalyKind.RETENTION_HOLE;
import static dev.trial.core.verdict.AnomalyKind.SEND_REORDER;
import static dev.trial.core.verdict.AnomalyKind.SILENT_TRUNCATION;
import static dev.trial.core.verdict.AnomalyKind.STUCK_CONSUMER;
import static dev.trial.core.verdict.AnomalyKind.STUCK_REPLICA;
import static dev.trial.core.verdict.AnomalyKind.TORN_TRANSACTION;
import static dev.trial.core.verdict.AnomalyKind.WRONG_TIMESTAMP;
import static dev.trial.core.verdict.AnomalyKind.WRONG_TIMESTAMP_LOOKUP;
import static dev.trial.core.verdict.AnomalyKind.ZOMBIE_COMMIT;

import dev.trial.broker.defect.Defect;
import dev.trial.core.verdict.AnomalyKind;
import java.util.List;

/**
 * Which anomalies are the promise that a defect breaks. Others come along with it (a lost write
 * frees its offset for another), but who sees only those did not see what is wrong.
 */
final class MeantKinds {
  private MeantKinds() {}

  static List<AnomalyKind> of(Defect defect) {
    return switch (defect) {
      case ACK_BEFORE_IN_SYNC,
          DEPOSED_LEADER_ACKNOWLEDGES,
          IO_ERROR_IGNORED,
          LAST_BATCH_LOST_AT_RESTART ->
          List.of(LOST_WRITE);
      case HIGH_WATERMARK_AHEAD,
          UNCLEAN_THOUGH_DISABLED,
          IN_SYNC_SET_IGNORED,
          MIN_INSYNC_IGNORED,
          SHRINK_FORGOTTEN_AT_FAILOVER,
          REASSIGNMENT_NOT_AWAITED,
          UNCLEAN_SHUTDOWN_STAYS_ELIGIBLE,
          IN_SYNC_BEFORE_CAUGHT_UP,
          SEAT_KEPT_OVER_REBOOT,
          FLUSH_IGNORED ->
          List.of(LOST_WRITE, READ_THEN_LOST);
      case WATERMARK_AT_END_AFTER_ELECTION -> List.of(READ_THEN_LOST, INCONSISTENT_OFFSETS);
      case WATERMARK_NOT_HELD, READ_ABOVE_HIGH_WATERMARK -> List.of(READ_THEN_LOST);
      case TRUNCATION_HIDDEN_FROM_CONSUMERS, OLD_LEADER_EPOCH_SERVED -> List.of(SILENT_TRUNCATION);
      case TRUNCATE_TO_HIGH_WATERMARK -> List.of(LOST_WRITE, REPLICA_DIVERGENCE);
      case EPOCHS_OUTLIVE_TRUNCATION -> List.of(STUCK_REPLICA);
      case DIVERGENCE_NOT_TOLD, LEADER_EPOCH_NOT_BUMPED -> List.of(REPLICA_DIVERGENCE);
      case BATCH_OVERTAKEN -> List.of(REALTIME_SEND_REORDER);
      case CHECKSUM_NOT_CHECKED, PARTITION_INCREASE_REMAPS -> List.of(PHANTOM);
      case PRODUCERS_LOST_AT_RESTART,
          PRODUCERS_LOST_AT_ELECTION,
          PRODUCERS_EXPIRE_EARLY,
          DUPLICATE_SEQUENCE_APPENDED,
          ONE_BATCH_REMEMBERED ->
          List.of(DUPLICATE);
      case SEQUENCE_GAP_ACCEPTED -> List.of(SEND_REORDER, NONMONOTONIC_SEND);
      case DUPLICATE_OFFSET_WRONG -> List.of(INCONSISTENT_OFFSETS);
      case ABORTED_NOT_TOLD, OPEN_TRANSACTION_IGNORED -> List.of(ABORTED_READ);
      case MARKER_TO_ONE_PARTITION, LATE_MARKER_FORGOTTEN ->
          List.of(TORN_TRANSACTION, HANGING_TRANSACTION);
      case FENCED_APPEND_ACCEPTED, SECOND_PRODUCER_NOT_FENCED -> List.of(ZOMBIE_COMMIT);
      case LATE_END_ENDS_NEXT -> List.of(ZOMBIE_COMMIT, TORN_TRANSACTION, ABORTED_READ);
      case OLD_EPOCH_SEQUENCES_KEPT, DECISION_NOT_AWAITED, PREPARED_COMMIT_ABORTED ->
          List.of(LOST_WRITE, TORN_TRANSACTION);
      case TRANSACTION_NEVER_TIMES_OUT -> List.of(HANGING_TRANSACTION);
      case TRANSACTIONAL_OFFSETS_VISIBLE, ABORTED_OFFSETS_KEPT -> List.of(LOST_PROCESSING);
      case COMMIT_FROM_OLD_GENERATION, COMMIT_FROM_STALE_EPOCH -> List.of(COMMIT_REGRESSION);
      case OFFSETS_LOST_AT_COORDINATOR_MOVE,
          OLDEST_OFFSET_LOADED,
          OFFSETS_EXPIRE_IN_USE,
          OFFSETS_LOST_AT_DOWNGRADE ->
          List.of(LOST_COMMIT, COMMIT_REGRESSION);
      // Generations are records as commits are: one that was told and lost is given out again.
      case COMMIT_ANSWERED_EARLY -> List.of(LOST_COMMIT, COMMIT_REGRESSION, OWNERSHIP_OVERLAP);
      case PARTITION_OF_TWO_MEMBERS,
          ASSIGNED_BEFORE_REVOKED,
          STATIC_MEMBER_NOT_FENCED,
          EVICTED_MEMBER_KEPT,
          OWNERS_FORGOTTEN_AT_UPGRADE ->
          List.of(OWNERSHIP_OVERLAP);
      case GROUP_LOST_AT_COORDINATOR_MOVE -> List.of(STUCK_CONSUMER);
      case RETENTION_REMOVES_ACTIVE, RETENTION_LEAVES_HOLE -> List.of(RETENTION_HOLE);
      case COMPACTION_DROPS_NEWEST, TOMBSTONE_REMOVED_EARLY -> List.of(COMPACTION_LOSS);
      case COMPACTION_MOVES_RECORD -> List.of(COMPACTION_REORDER);
      case RECREATED_SHOWS_OLD -> List.of(RESURRECTED);
      case TIMESTAMP_LOOKUP_SKIPS_SEGMENT -> List.of(WRONG_TIMESTAMP_LOOKUP);
      case APPEND_TIME_OF_CLIENT -> List.of(WRONG_TIMESTAMP);
    };
  }
}
