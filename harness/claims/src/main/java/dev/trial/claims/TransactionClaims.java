package dev.trial.claims;

import static dev.trial.claims.ExperimentDraft.experiment;
import static dev.trial.claims.ExperimentDraft.half;

import dev.trial.claims.Claim.Section;
import dev.trial.core.verdict.AnomalyKind;
import java.util.List;
import java.util.Set;

/** Section C: transactions. */
final class TransactionClaims {
  private static final boolean CORE = true;

  /** What transactions promise, and what they build on. */
  static final Set<AnomalyKind> PROMISES =
      Kinds.of(
          AnomalyKind.TORN_TRANSACTION,
          AnomalyKind.ABORTED_READ,
          AnomalyKind.ZOMBIE_COMMIT,
          AnomalyKind.HANGING_TRANSACTION,
          AnomalyKind.LOST_WRITE,
          AnomalyKind.TAIL_LOSS,
          AnomalyKind.READ_THEN_LOST,
          AnomalyKind.DUPLICATE,
          AnomalyKind.PHANTOM,
          AnomalyKind.REPLICA_DIVERGENCE,
          AnomalyKind.STUCK_REPLICA,
          AnomalyKind.BROKER_INVARIANT,
          AnomalyKind.CLIENT_ERROR);

  private static final Set<AnomalyKind> TRANSFORM_PROMISES =
      Kinds.of(
          AnomalyKind.DUPLICATE_PROCESSING,
          AnomalyKind.LOST_PROCESSING,
          AnomalyKind.OFFSET_OUTPUT_MISMATCH,
          AnomalyKind.TORN_TRANSACTION,
          AnomalyKind.ABORTED_READ,
          AnomalyKind.ZOMBIE_COMMIT,
          AnomalyKind.HANGING_TRANSACTION,
          AnomalyKind.LOST_WRITE,
          AnomalyKind.DUPLICATE,
          AnomalyKind.PHANTOM,
          AnomalyKind.REPLICA_DIVERGENCE,
          AnomalyKind.STUCK_REPLICA,
          AnomalyKind.BROKER_INVARIANT,
          AnomalyKind.CLIENT_ERROR);

  private TransactionClaims() {}

  static List<Claim> all() {
    return List.of(
        transactionsAtomic(),
        abortedInvisible(),
        openTransactionBlocks(),
        zombieFencing(),
        transform(),
        transformWithout());
  }

  private static Claim claim(
      String id, String sentence, String expected, boolean core, Experiment... halves) {
    return new Claim(id, Section.TRANSACTIONS, sentence, expected, false, core, List.of(halves));
  }

  private static Claim transactionsAtomic() {
    return claim(
        "transactions-atomic",
        "a transaction's records on several partitions appear all or not at all",
        "holds for read_committed",
        CORE,
        experiment()
            .workload("transactions")
            .profile(Profiles::transactional)
            .faults("every-role")
            .judging(PROMISES)
            .holds());
  }

  private static Claim abortedInvisible() {
    return claim(
        "aborted-invisible",
        "read_committed never returns aborted records; read_uncommitted does",
        "holds with read_committed; breaks with read_uncommitted: aborted-read",
        !CORE,
        half("read-committed")
            .workload("transactions", "abort-percent", 50)
            .profile(Profiles::transactional)
            .faults("leader-dies-mid-stream")
            .judging(PROMISES)
            .holds(),
        half("read-uncommitted")
            .workload("transactions", "abort-percent", 50)
            .profile(
                profile ->
                    Profiles.transactional(profile).consumer("isolation.level", "read_uncommitted"))
            .faults("leader-dies-mid-stream")
            .judging(PROMISES)
            .breaks(Kinds.of(AnomalyKind.ABORTED_READ)));
  }

  /** Who comes back under another transactional.id leaves the old one's transaction open. */
  private static Claim openTransactionBlocks() {
    return claim(
        "open-transaction-blocks",
        "read_committed stops at the oldest open transaction",
        "holds, and goes on when transaction.timeout.ms has aborted it",
        !CORE,
        experiment()
            .workload("transactions", "unique-ids", 1)
            .profile(Profiles::transactional)
            .faults("producer-kills")
            .judging(PROMISES)
            .holds());
  }

  private static Claim zombieFencing() {
    return claim(
        "zombie-fencing",
        "a second producer with the same transactional.id fences the first",
        "holds: nothing of the zombie's open transaction commits",
        CORE,
        experiment()
            .workload("transactions-shared-id")
            .profile(Profiles::transactional)
            .faults("every-role")
            .judging(PROMISES)
            .holds());
  }

  private static Claim transform() {
    return claim(
        "consume-transform-produce",
        "sendOffsetsToTransaction gives exactly-once processing",
        "holds: each input has one committed output, offsets and outputs agree",
        CORE,
        transformed("classic").faults("every-role").judging(TRANSFORM_PROMISES).holds(),
        transformed("processors").faults("consumer-kills").judging(TRANSFORM_PROMISES).holds(),
        transformed("late-markers")
            .faults("processors-leave-while-ending")
            .judging(TRANSFORM_PROMISES)
            .holds(),
        transformed("kip-848")
            .profile(Profiles::consumerProtocol)
            .faults("every-role")
            .judging(TRANSFORM_PROMISES)
            .holds());
  }

  private static Claim transformWithout() {
    return claim(
        "consume-transform-produce-without-transactions",
        "the same loop with a plain producer is at least once",
        "breaks: duplicate-processing; no loss",
        !CORE,
        experiment()
            .workload("consume-transform-produce-plain")
            .profile(Profiles::transactional)
            .faults("consumers-die-before-committing")
            .judging(TRANSFORM_PROMISES)
            .breaks(
                Kinds.of(AnomalyKind.DUPLICATE_PROCESSING), AnomalyKind.OFFSET_OUTPUT_MISMATCH));
  }

  private static ExperimentDraft transformed(String half) {
    return half(half).workload("consume-transform-produce").profile(Profiles::transactional);
  }
}
