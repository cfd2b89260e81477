package dev.trial.claims;

import static dev.trial.claims.ExperimentDraft.experiment;
import static dev.trial.claims.ExperimentDraft.half;

import dev.trial.claims.Claim.Section;
import dev.trial.core.profile.Profile;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Explained;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Section D: consumers and groups. */
final class ConsumerClaims {
  private static final boolean HALF_TRUE = true;
  private static final boolean CORE = true;

  /** The half of a claim with groups of the consumer protocol. */
  static final String KIP_848 = "kip-848";

  private static final Set<AnomalyKind> COMMITS =
      Kinds.of(
          AnomalyKind.COMMIT_REGRESSION,
          AnomalyKind.LOST_COMMIT,
          AnomalyKind.COMMIT_AHEAD,
          AnomalyKind.LOST_PROCESSING,
          AnomalyKind.SKIPPED_BY_GROUP);

  private static final Set<AnomalyKind> WORK =
      Kinds.of(
          AnomalyKind.PROCESSING_REORDER,
          AnomalyKind.LOST_PROCESSING,
          AnomalyKind.DUPLICATE_PROCESSING,
          AnomalyKind.COMMIT_AHEAD,
          AnomalyKind.SKIPPED_BY_GROUP);

  /** What a group promises whoever of it pauses, dies or moves. */
  private static final Set<AnomalyKind> MEMBERSHIP_PROMISES =
      Kinds.of(
          AnomalyKind.COMMIT_REGRESSION,
          AnomalyKind.LOST_COMMIT,
          AnomalyKind.COMMIT_AHEAD,
          AnomalyKind.LOST_PROCESSING,
          AnomalyKind.OWNERSHIP_OVERLAP,
          AnomalyKind.SKIPPED_BY_GROUP,
          AnomalyKind.WRONG_START,
          AnomalyKind.STUCK_CONSUMER);

  private ConsumerClaims() {}

  static List<Claim> all() {
    return List.of(
        offsetMeansNext(),
        offByOneCommit(),
        autoCommitDuplicates(),
        autoCommitAsyncLoses(),
        commitSyncBatch(),
        commitSyncRecord(),
        commitAsyncGoesBack(),
        commitBeforeProcessing(),
        workerPoolReorders(),
        rebalanceWithoutListener(),
        rebalanceCommitOnRevoke(),
        sessionTimeoutZombie(),
        staticInstanceTwice(),
        cleanClose(),
        standaloneAssign(),
        autoOffsetReset(),
        groupsIndependent(),
        coordinatorFailover());
  }

  private static Claim claim(
      String id,
      String sentence,
      String expected,
      boolean halfTrue,
      boolean core,
      Experiment... halves) {
    return new Claim(id, Section.CONSUMERS, sentence, expected, halfTrue, core, List.of(halves));
  }

  /** The eager protocol revokes everything at each rebalance, so that the listener matters. */
  private static Profile eager(Profile profile) {
    return profile.consumer(
        "partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor");
  }

  private static Claim offsetMeansNext() {
    return claim(
        "offset-means-next",
        "committing offset N resumes after N",
        "resumes at N: with lastProcessed+1 committed, nothing repeats and nothing is skipped",
        HALF_TRUE,
        CORE,
        experiment().workload("group-reopen").neverVacuous().holds());
  }

  private static Claim offByOneCommit() {
    return claim(
        "off-by-one-commit",
        "committing record.offset() instead of offset+1 repeats a record per restart",
        "breaks: duplicate-processing, one per partition per restart",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("group-off-by-one", "consumers", 1)
            .neverVacuous()
            .breaks(Kinds.of(AnomalyKind.DUPLICATE_PROCESSING)));
  }

  /** KIP-848 clients commit what is still worked on: docs/client-bugs.md. */
  private static Claim autoCommitDuplicates() {
    return claim(
        "auto-commit-duplicates",
        "auto commit is at-least-once when processing is inside the poll loop",
        "breaks: duplicate-processing, with KIP-848 clients that have KAFKA-16107 also where nobody"
            + " took over; no loss, but with KIP-848 clients that have KAFKA-18641",
        !HALF_TRUE,
        CORE,
        experiment()
            .workload("group-auto-commit")
            .profile(profile -> profile.consumer("auto.commit.interval.ms", 5_000))
            .faults("consumer-kills")
            .breaks(Kinds.of(AnomalyKind.DUPLICATE_PROCESSING)),
        half(KIP_848)
            .workload("group-auto-commit", "process-ms", 20)
            .profile(Profiles::consumerProtocol)
            .faults("consumer-kills")
            .knownBug(ClientBug.KAFKA_18641)
            .knownBug(ClientBug.KAFKA_16107)
            .without(
                ClientBug.KAFKA_18641_AGAIN,
                new Expectation.Breaks(Kinds.of(AnomalyKind.DUPLICATE_PROCESSING), Set.of()))
            .breaksOnlyIf(
                new Explained(
                    Kinds.of(AnomalyKind.LOST_PROCESSING), EnumSet.of(Cause.COMMITTED_UNASKED)),
                new Explained(
                    Kinds.of(AnomalyKind.DUPLICATE_PROCESSING),
                    EnumSet.of(Cause.COMMIT_STRATEGY, Cause.LAST_RECORD, Cause.COMMIT_BEHIND))));
  }

  private static Claim autoCommitAsyncLoses() {
    return claim(
        "auto-commit-async-loses",
        "auto commit with work handed to other threads can lose",
        "breaks: lost-processing",
        !HALF_TRUE,
        CORE,
        experiment()
            .workload("group-auto-commit-async")
            .faults("consumer-kills")
            .breaks(
                Kinds.of(AnomalyKind.LOST_PROCESSING),
                AnomalyKind.DUPLICATE_PROCESSING,
                AnomalyKind.PROCESSING_REORDER,
                AnomalyKind.NONMONOTONIC_POLL));
  }

  private static Claim commitSyncBatch() {
    return claim(
        "commit-sync-batch",
        "with commitSync after each batch, duplicates after a crash are bounded by one batch",
        "holds: duplicate-processing of at most a batch, unless a commit lands late; no loss",
        !HALF_TRUE,
        CORE,
        committingBatches(experiment()),
        committingBatches(half(KIP_848).profile(Profiles::consumerProtocol)));
  }

  private static Experiment committingBatches(ExperimentDraft draft) {
    return draft
        .workload("group-sync-batch", "process-ms", 15)
        .faults("consumer-kills")
        .holdsWithin(
            EnumSet.of(Cause.COMMIT_STRATEGY, Cause.LAST_RECORD, Cause.LATE_COMMIT),
            Kinds.of(AnomalyKind.DUPLICATE_PROCESSING));
  }

  private static Claim commitSyncRecord() {
    return claim(
        "commit-sync-record",
        "with commitSync after each record, duplicates after a crash are bounded by one record",
        "holds: duplicate-processing of at most a record, unless a commit lands late; no loss",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("group-sync-record", "process-ms", 10)
            .faults("consumer-kills")
            .holdsWithin(
                EnumSet.of(Cause.LAST_RECORD, Cause.LATE_COMMIT),
                Kinds.of(AnomalyKind.DUPLICATE_PROCESSING)));
  }

  private static Claim commitAsyncGoesBack() {
    return claim(
        "commit-async-goes-back",
        "retrying commitAsync in its callback can move the committed offset backwards",
        "breaks: commit-regression; asynchronous commits with a final synchronous one hold",
        !HALF_TRUE,
        !CORE,
        half("retried")
            .workload("group-async-retry")
            .faults("refuse-one-commit")
            .judging(COMMITS)
            .breaks(Kinds.of(AnomalyKind.COMMIT_REGRESSION)),
        half("final-sync")
            .workload("group-async")
            .faults("refuse-one-commit")
            .judging(COMMITS)
            .holds());
  }

  private static Claim workerPoolReorders() {
    return claim(
        "worker-pool-reorders",
        "one poller and several worker threads reorder within a key",
        "breaks: processing-reorder, and lost-processing when commits follow the hand-over;"
            + " tracking the lowest unfinished offset removes the loss",
        !HALF_TRUE,
        !CORE,
        half("hand-over")
            .workload("group-worker-pool")
            .faults("consumer-kills")
            .judging(WORK)
            .breaks(
                Kinds.of(AnomalyKind.PROCESSING_REORDER, AnomalyKind.LOST_PROCESSING),
                AnomalyKind.DUPLICATE_PROCESSING),
        half("tracked")
            .workload("group-worker-pool-tracked")
            .faults("consumer-kills")
            .judging(WORK)
            .breaks(Kinds.of(AnomalyKind.PROCESSING_REORDER), AnomalyKind.DUPLICATE_PROCESSING));
  }

  private static Claim commitBeforeProcessing() {
    return claim(
        "commit-before-processing",
        "committing first is at-most-once",
        "breaks: lost-processing; no duplicates",
        !HALF_TRUE,
        CORE,
        experiment()
            .workload("group-commit-first")
            .faults("consumer-kills")
            .breaks(Kinds.of(AnomalyKind.LOST_PROCESSING)));
  }

  private static Claim rebalanceWithoutListener() {
    return claim(
        "rebalance-without-listener",
        "without committing in onPartitionsRevoked a clean rebalance repeats work",
        "breaks: duplicate-processing",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("group-rebalance")
            .profile(ConsumerClaims::eager)
            .neverVacuous()
            .breaks(Kinds.of(AnomalyKind.DUPLICATE_PROCESSING)));
  }

  private static Claim rebalanceCommitOnRevoke() {
    return claim(
        "rebalance-commit-on-revoke",
        "committing in onPartitionsRevoked avoids duplicates on a clean rebalance",
        "holds; breaks with KIP-848 clients that have KAFKA-17066",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("group-rebalance-commit-on-revoke")
            .profile(ConsumerClaims::eager)
            .neverVacuous()
            .holds(),
        half(KIP_848)
            .workload("group-rebalance-commit-on-revoke")
            .profile(Profiles::consumerProtocol)
            .knownBug(ClientBug.KAFKA_17066)
            .neverVacuous()
            .holds());
  }

  private static Claim sessionTimeoutZombie() {
    return claim(
        "session-timeout-zombie",
        "a paused consumer is evicted and its late commit is refused",
        "holds: work is repeated by another member, no commit of the zombie counts; breaks with"
            + " KIP-848 clients that have KAFKA-20321",
        !HALF_TRUE,
        CORE,
        paused(experiment()),
        paused(half(KIP_848).profile(Profiles::consumerProtocol).knownBug(ClientBug.KAFKA_20321)));
  }

  private static Experiment paused(ExperimentDraft draft) {
    return draft
        .workload("group-sync-batch", "process-ms", 25, "consumers", 3)
        .faults("consumer-pauses")
        .judging(MEMBERSHIP_PROMISES)
        .holds();
  }

  /** The classic protocol fences the member that was there first (KIP-345). */
  private static Claim staticInstanceTwice() {
    return claim(
        "static-instance-twice",
        "a second member under a group.instance.id in use takes nothing from the first",
        "holds with KIP-848: the new one is refused until the old one has left",
        !HALF_TRUE,
        !CORE,
        half(KIP_848)
            .workload("group-shared-instance")
            .profile(Profiles::consumerProtocol)
            .neverVacuous()
            .holds());
  }

  private static Claim cleanClose() {
    return claim(
        "clean-close",
        "wakeup() and close() leave at once; a crash waits for the session timeout",
        "holds; the gap between the two is reported",
        !HALF_TRUE,
        !CORE,
        experiment().workload("group-clean-close").neverVacuous().holds());
  }

  private static Claim standaloneAssign() {
    return claim(
        "standalone-assign",
        "assign() takes no part in rebalancing; seek() is exact",
        "holds",
        !HALF_TRUE,
        !CORE,
        experiment().workload("standalone-assign").neverVacuous().holds());
  }

  private static Claim autoOffsetReset() {
    return claim(
        "auto-offset-reset",
        "without a committed offset, earliest, latest, none and by_duration start at the first, the"
            + " end, an error, that time",
        "holds",
        !HALF_TRUE,
        !CORE,
        half("fixed")
            .workload("group-offset-reset")
            .reset("from-latest", "latest")
            .reset("from-none", "none")
            .neverVacuous()
            .holds(),
        byDuration(half("by-duration")),
        byDuration(half("by-duration-" + KIP_848).profile(Profiles::consumerProtocol)));
  }

  /** KIP-1106: starts at the first record that is not older than that when the group first asks. */
  private static Experiment byDuration(ExperimentDraft draft) {
    return draft
        .workload("group-late")
        .profile(profile -> profile.consumer("auto.offset.reset", "by_duration:PT10S"))
        .neverVacuous()
        .holds();
  }

  private static Claim groupsIndependent() {
    return claim(
        "groups-independent",
        "each group sees every record",
        "holds",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("groups-independent")
            .faults("leader-kills")
            .judging(Kinds.of(AnomalyKind.SKIPPED_BY_GROUP, AnomalyKind.STUCK_CONSUMER))
            .holds());
  }

  private static Claim coordinatorFailover() {
    return claim(
        "coordinator-failover",
        "group and transaction coordinators move with their partitions and forget nothing",
        "holds: no committed offset and no committed transaction is lost",
        !HALF_TRUE,
        !CORE,
        moving(half("groups")),
        moving(half("groups-" + KIP_848).profile(Profiles::consumerProtocol)),
        half("transactions")
            .workload("transactions")
            .profile(Profiles::transactional)
            .faults("coordinator-dies-while-ending")
            .judging(TransactionClaims.PROMISES)
            .holds());
  }

  private static Experiment moving(ExperimentDraft draft) {
    return draft
        .workload("group-sync-record")
        .faults("coordinator-kills")
        .judging(MEMBERSHIP_PROMISES)
        .holds();
  }
}
