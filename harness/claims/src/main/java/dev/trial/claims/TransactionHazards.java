package dev.trial.claims;

import static dev.trial.claims.ExperimentDraft.experiment;
import static dev.trial.claims.ExperimentDraft.half;
import static dev.trial.claims.TransactionClaims.PROMISES;

import dev.trial.claims.Claim.Section;
import dev.trial.core.profile.Profile;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Section C: what a transaction's late requests and unclean elections may do to it. */
final class TransactionHazards {
  private static final boolean HALF_TRUE = true;

  /**
   * A late request does harm where the next transaction writes to the same partition in time: half
   * a minute on real Kafka met that once in three runs, three minutes always.
   */
  private static final long LATE_LIVE_MS = 180_000;

  private static final Set<AnomalyKind> MARKERS =
      Kinds.of(
          AnomalyKind.MARKER_MISMATCH,
          AnomalyKind.POLL_SKIP,
          AnomalyKind.INT_POLL_SKIP,
          AnomalyKind.LOST_WRITE,
          AnomalyKind.TORN_TRANSACTION);

  private TransactionHazards() {}

  static List<Claim> all() {
    return List.of(
        commitOutcomeAmbiguous(),
        markersTakeOffsets(),
        isolationLevel(),
        hangingTransaction(),
        delayedEndTxn(),
        uncleanElectionTransactions());
  }

  private static Claim claim(
      String id, String sentence, String expected, boolean halfTrue, Experiment... halves) {
    return new Claim(
        id, Section.TRANSACTIONS, sentence, expected, halfTrue, false, List.of(halves));
  }

  private static Claim commitOutcomeAmbiguous() {
    return claim(
        "commit-outcome-ambiguous",
        "commitTransaction either succeeds or fails",
        "holds as indeterminate: a commit whose answer was lost may be durable, and is judged as"
            + " neither",
        HALF_TRUE,
        half("answer-lost")
            .workload("transactions")
            .profile(Profiles::transactional)
            .faults("drop-end-txn-answers")
            .judging(PROMISES)
            .holds(),
        half("coordinator-moves")
            .workload("transactions")
            .profile(Profiles::transactional)
            .faults("coordinator-kills")
            .judging(PROMISES)
            .holds());
  }

  private static Claim markersTakeOffsets() {
    return claim(
        "markers-take-offsets",
        "begin and end of a transaction each write a marker",
        "holds otherwise: nothing marks a beginning; each end writes one marker a partition, which"
            + " takes an offset, and that gap is no loss; under faults a marker may be written"
            + " twice",
        HALF_TRUE,
        half("calm")
            .workload("transactions")
            .profile(Profiles::transactional)
            .neverVacuous()
            .judging(MARKERS)
            .holds(),
        half("coordinator-dies")
            .workload("transactions")
            .profile(Profiles::transactional)
            .faults("coordinator-dies-while-ending")
            .judging(MARKERS)
            .holdsWithin(EnumSet.of(Cause.MARKER_RETRIED), Kinds.of(AnomalyKind.MARKER_MISMATCH)));
  }

  private static Claim isolationLevel() {
    return claim(
        "isolation-level",
        "read_committed waits for the end of a transaction, read_uncommitted does not",
        "read_committed holds; read_uncommitted breaks: aborted-read",
        !HALF_TRUE,
        half("read-committed")
            .workload("transactions", "abort-percent", 40, "hold-ms", 300)
            .profile(Profiles::transactional)
            .faults("producer-kills")
            .judging(PROMISES)
            .holds(),
        half("read-uncommitted")
            .workload("transactions", "abort-percent", 40, "hold-ms", 300)
            .profile(
                profile ->
                    Profiles.transactional(profile).consumer("isolation.level", "read_uncommitted"))
            .faults("producer-kills")
            .judging(PROMISES)
            .breaks(Kinds.of(AnomalyKind.ABORTED_READ)));
  }

  private static Claim hangingTransaction() {
    return claim(
        "hanging-transaction",
        "no transaction stays open for ever",
        "holds with transaction.version=2, and with partition verification; breaks with neither:"
            + " hanging-transaction; clients that have KAFKA-14830 fail beside it",
        !HALF_TRUE,
        lateProduce("version-2", 2, false).holds(),
        lateProduce("verified", 0, true).holds(),
        lateProduce("unverified", 0, false)
            .breaks(Kinds.of(AnomalyKind.HANGING_TRANSACTION), AnomalyKind.ZOMBIE_COMMIT));
  }

  /** Who comes back has another id: nobody ends the late transaction by beginning the next. */
  private static ExperimentDraft lateProduce(String half, int version, boolean verified) {
    return half(half)
        .workload("transactions", "unique-ids", 1, "leave", 1)
        .profile(
            profile ->
                version(profile, version)
                    .broker("transaction.partition.verification.enable", verified)
                    .producer("request.timeout.ms", 1_000)
                    .producer("delivery.timeout.ms", 2_000))
        .faults("late-produce")
        .liveLoadMs(LATE_LIVE_MS)
        .knownBug(ClientBug.KAFKA_14830)
        .judging(PROMISES);
  }

  private static Claim delayedEndTxn() {
    return claim(
        "delayed-end-txn",
        "a delayed EndTxn cannot end the next transaction (KAFKA-17754)",
        "holds with transaction.version=2; breaks before: torn-transaction or aborted-read",
        HALF_TRUE,
        lateEnd("version-2", 2).holds(),
        lateEnd("version-0", 0)
            .breaks(
                Kinds.of(
                    AnomalyKind.TORN_TRANSACTION,
                    AnomalyKind.ABORTED_READ,
                    AnomalyKind.ZOMBIE_COMMIT),
                AnomalyKind.LOST_WRITE,
                AnomalyKind.TAIL_LOSS));
  }

  private static ExperimentDraft lateEnd(String half, int version) {
    return half(half)
        .workload("transactions", "abort-percent", 50, "hold-ms", 600)
        .profile(profile -> version(profile, version))
        .faults("late-end-txn")
        .liveLoadMs(LATE_LIVE_MS)
        .judging(PROMISES);
  }

  private static Profile version(Profile profile, int version) {
    return Profiles.transactional(profile).broker("transaction.version", version);
  }

  private static Claim uncleanElectionTransactions() {
    return claim(
        "unclean-election-transactions",
        "exactly-once survives an unclean election",
        "breaks only with an unclean election: torn-transaction, aborted-read, hanging-transaction",
        HALF_TRUE,
        experiment()
            // With two replicas a partition goes back while others of a transaction do not.
            .workload("transactions", "replicas", 2)
            .profile(
                profile ->
                    Profiles.transactional(Profiles.minIsr(profile, 1))
                        .topic("unclean.leader.election.enable", true)
                        .broker("transaction.state.log.min.isr", 1))
            .faults("out-of-sync-returns")
            .neverVacuous() // two of three brokers are down most of the time
            .judging(PROMISES)
            .breaksOnlyIf(
                EnumSet.of(Cause.UNCLEAN_ELECTION),
                Kinds.of(
                    AnomalyKind.TORN_TRANSACTION,
                    AnomalyKind.ABORTED_READ,
                    AnomalyKind.HANGING_TRANSACTION),
                Kinds.AFTER_UNCLEAN_ELECTION));
  }
}
