package dev.trial.app.mutant;

import dev.trial.broker.defect.Defect;
import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.Experiment;
import dev.trial.core.run.ClaimName;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * A defect and the experiment that is to expose it: one in which the clean cluster shows nothing
 * that is not explained.
 *
 * @param name the claim, and its half
 * @param meant the anomalies that count as having caught it
 */
public record MutantTrial(Defect defect, ClaimName name, List<AnomalyKind> meant) {

  /** With the anomalies that the defect is about. */
  public MutantTrial(Defect defect, ClaimName name) {
    this(defect, name, MeantKinds.of(defect));
  }

  /** The trial of a defect. */
  public static MutantTrial of(Defect defect) {
    return switch (defect) {
      case ACK_BEFORE_IN_SYNC,
          HIGH_WATERMARK_AHEAD,
          TRUNCATE_TO_HIGH_WATERMARK,
          DEPOSED_LEADER_ACKNOWLEDGES ->
          in(defect, "acks-all-min-isr-2");
      case WATERMARK_AT_END_AFTER_ELECTION,
          DIVERGENCE_NOT_TOLD,
          EPOCHS_OUTLIVE_TRUNCATION,
          LEADER_EPOCH_NOT_BUMPED ->
          in(defect, "log-divergence");
      case WATERMARK_NOT_HELD -> in(defect, "min-isr-protects-acks-1/below-the-minimum");
      case IN_SYNC_BEFORE_CAUGHT_UP -> in(defect, "isr-shrink-expand");
      case BATCH_OVERTAKEN -> in(defect, "in-flight-reorder/one-in-flight");
      case READ_ABOVE_HIGH_WATERMARK -> in(defect, "high-watermark-only");
      case TRUNCATION_HIDDEN_FROM_CONSUMERS -> in(defect, "truncated-position/earliest");
      case OLD_LEADER_EPOCH_SERVED -> in(defect, "truncated-position/asleep");
      case UNCLEAN_THOUGH_DISABLED, IN_SYNC_SET_IGNORED ->
          in(defect, "unclean-election-off/in-sync-only");
      case UNCLEAN_SHUTDOWN_STAYS_ELIGIBLE, SEAT_KEPT_OVER_REBOOT ->
          in(defect, "unclean-election-off/eligible-leaders");
      case MIN_INSYNC_IGNORED -> in(defect, "min-isr-protects-acks-1/acks-all");
      case FLUSH_IGNORED -> in(defect, "power-loss-without-fsync/flushed");
      case PRODUCERS_LOST_AT_ELECTION,
          PRODUCERS_EXPIRE_EARLY,
          DUPLICATE_SEQUENCE_APPENDED,
          SEQUENCE_GAP_ACCEPTED,
          ONE_BATCH_REMEMBERED,
          DUPLICATE_OFFSET_WRONG ->
          in(defect, "idempotent-once-in-order");
      case LAST_BATCH_LOST_AT_RESTART, PRODUCERS_LOST_AT_RESTART ->
          in(defect, "crash-keeps-page-cache");
      case OLD_EPOCH_SEQUENCES_KEPT,
          ABORTED_NOT_TOLD,
          OPEN_TRANSACTION_IGNORED,
          MARKER_TO_ONE_PARTITION,
          DECISION_NOT_AWAITED ->
          in(defect, "transactions-atomic");
      case PREPARED_COMMIT_ABORTED, LATE_MARKER_FORGOTTEN ->
          in(defect, "coordinator-failover/transactions");
      case LATE_END_ENDS_NEXT -> in(defect, "delayed-end-txn/version-2");
      case SHRINK_FORGOTTEN_AT_FAILOVER -> in(defect, "controller-failover");
      case TRANSACTION_NEVER_TIMES_OUT -> in(defect, "open-transaction-blocks");
      case FENCED_APPEND_ACCEPTED, SECOND_PRODUCER_NOT_FENCED -> in(defect, "zombie-fencing");
      case TRANSACTIONAL_OFFSETS_VISIBLE, ABORTED_OFFSETS_KEPT ->
          in(defect, "consume-transform-produce/processors");
      case COMMIT_FROM_OLD_GENERATION -> in(defect, "session-timeout-zombie");
      case OFFSETS_LOST_AT_COORDINATOR_MOVE,
          OLDEST_OFFSET_LOADED,
          COMMIT_ANSWERED_EARLY,
          OFFSETS_EXPIRE_IN_USE ->
          in(defect, "coordinator-failover/groups");
      case PARTITION_INCREASE_REMAPS -> in(defect, "partition-increase-custom-partitioner");
      case RETENTION_REMOVES_ACTIVE -> in(defect, "retention-time");
      case RETENTION_LEAVES_HOLE -> in(defect, "retention-bytes");
      case COMPACTION_DROPS_NEWEST, COMPACTION_MOVES_RECORD, TOMBSTONE_REMOVED_EARLY ->
          in(defect, "compaction-keeps-last/dirty-0.5");
      case TIMESTAMP_LOOKUP_SKIPS_SEGMENT -> in(defect, "timestamps-and-headers/create-time");
      case APPEND_TIME_OF_CLIENT -> in(defect, "timestamps-and-headers/log-append-time");
      case RECREATED_SHOWS_OLD -> in(defect, "topic-recreate/committed-removed");
      case COMMIT_FROM_STALE_EPOCH, EVICTED_MEMBER_KEPT ->
          in(defect, "session-timeout-zombie/kip-848");
      case STATIC_MEMBER_NOT_FENCED -> in(defect, "static-instance-twice/kip-848");
      case ASSIGNED_BEFORE_REVOKED -> in(defect, "rebalance-commit-on-revoke/kip-848");
      case GROUP_LOST_AT_COORDINATOR_MOVE -> in(defect, "coordinator-failover/groups-kip-848");
      case OWNERS_FORGOTTEN_AT_UPGRADE, OFFSETS_LOST_AT_DOWNGRADE ->
          in(defect, "protocol-migration/rolling");
      case REASSIGNMENT_NOT_AWAITED -> in(defect, "preferred-election-and-reassignment");
      case CHECKSUM_NOT_CHECKED -> in(defect, "disk-corruption-detected/bit-flip");
      case IO_ERROR_IGNORED -> in(defect, "disk-error-stops-broker/full");
      case PARTITION_OF_TWO_MEMBERS -> in(defect, "rebalance-commit-on-revoke");
    };
  }

  private static MutantTrial in(Defect defect, String claim) {
    return new MutantTrial(defect, ClaimName.of(claim));
  }

  /** All, in the order of the catalogue. */
  public static List<MutantTrial> all() {
    return Arrays.stream(Defect.values()).map(MutantTrial::of).toList();
  }

  /** A run of its experiment. */
  public RunRequest request(Target target, long seed, List<String> mutants) {
    Specs.Overrides overrides = new Specs.Overrides(0, mutants);
    return new RunRequest(
        name.id() + "_" + seed,
        Specs.of(claim(), experiment(), target, Targets.DEFAULT_CLIENT, seed, overrides),
        experiment(),
        claim().sentence());
  }

  /**
   * The kinds of anomalies that gave it away in a run and were meant to. What only the cluster's
   * own invariants saw does not count: real Kafka has no such oracle.
   */
  public List<String> caughtBy(RunResult result) {
    return seen(result, meant::contains);
  }

  /** The other kinds that were seen. */
  List<String> besides(RunResult result) {
    return seen(result, kind -> !meant.contains(kind));
  }

  private static List<String> seen(RunResult result, Predicate<AnomalyKind> wanted) {
    if (result.outcome() == null || result.summary().outcome() == Outcome.ERROR) {
      throw new IllegalStateException("the run failed: " + result.summary().reason());
    }
    return result.outcome().unexpected().stream()
        .map(Anomaly::kind)
        .filter(kind -> kind != AnomalyKind.BROKER_INVARIANT)
        .filter(wanted)
        .map(AnomalyKind::id)
        .distinct()
        .sorted()
        .toList();
  }

  /** The claim. */
  public Claim claim() {
    return Claims.all().get(name.id());
  }

  /** The experiment. */
  public Experiment experiment() {
    return claim()
        .half(name.half())
        .orElseThrow(() -> new IllegalStateException("there is no " + name));
  }
}
