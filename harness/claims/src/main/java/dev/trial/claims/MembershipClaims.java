package dev.trial.claims;

import static dev.trial.claims.ExperimentDraft.experiment;
import static dev.trial.claims.ExperimentDraft.half;

import dev.trial.claims.Claim.Section;
import dev.trial.core.profile.Profile;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Explained;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Section D: who is a member of a group, and what it is given. */
final class MembershipClaims {
  private static final String ASSIGNORS = "org.apache.kafka.clients.consumer.";

  /** What a group promises, however often its members work on a record. */
  private static final Set<AnomalyKind> GROUP =
      Kinds.of(
          AnomalyKind.COMMIT_REGRESSION,
          AnomalyKind.LOST_COMMIT,
          AnomalyKind.COMMIT_AHEAD,
          AnomalyKind.LOST_PROCESSING,
          AnomalyKind.OWNERSHIP_OVERLAP,
          AnomalyKind.NEEDLESS_REBALANCE,
          AnomalyKind.SKIPPED_BY_GROUP,
          AnomalyKind.WRONG_START,
          AnomalyKind.STUCK_CONSUMER,
          AnomalyKind.CLIENT_ERROR);

  private static final Set<Cause> REPEATED =
      EnumSet.of(Cause.COMMIT_STRATEGY, Cause.LAST_RECORD, Cause.COMMIT_BEHIND, Cause.LATE_COMMIT);

  private MembershipClaims() {}

  static List<Claim> all() {
    return List.of(
        partitionSingleOwner(),
        maxPollInterval(),
        assignors(),
        staticMembership(),
        protocolMigration(),
        idleConsumers(),
        patternSubscription(),
        fetchSettings(),
        threadPerConsumer());
  }

  private static Claim claim(String id, String sentence, String expected, Experiment... halves) {
    return new Claim(id, Section.CONSUMERS, sentence, expected, false, false, List.of(halves));
  }

  private static Profile assignor(Profile profile, String name) {
    return profile.consumer("partition.assignment.strategy", ASSIGNORS + name);
  }

  private static Claim partitionSingleOwner() {
    return claim(
        "partition-single-owner",
        "a partition has at most one live owner in a generation of its group",
        "holds; for how long a zombie believes it owns one is reported",
        half("rebalances")
            .workload("group-rebalance-commit-on-revoke")
            .faults("members-come-and-go")
            .judging(GROUP)
            .holds(),
        half("pauses")
            .workload("group-sync-batch", "consumers", 3)
            .faults("consumer-pauses")
            .judging(GROUP)
            .holds());
  }

  private static Claim maxPollInterval() {
    return claim(
        "max-poll-interval",
        "slow work past max.poll.interval.ms costs the member its place",
        "holds: the work is repeated by another member, and no late commit counts",
        experiment()
            .workload("group-slow-handler", "consumers", 3)
            .profile(profile -> profile.consumer("max.poll.interval.ms", 3_000))
            .neverVacuous()
            .judging(GROUP)
            .holds());
  }

  private static Claim assignors() {
    return claim(
        "assignors",
        "range, round robin, sticky and cooperative-sticky lose nothing, each at its own cost",
        "holds",
        assigned("range", "RangeAssignor"),
        assigned("round-robin", "RoundRobinAssignor"),
        assigned("sticky", "StickyAssignor"),
        assigned("cooperative-sticky", "CooperativeStickyAssignor"));
  }

  private static Experiment assigned(String half, String name) {
    return half(half)
        .workload("group-rebalance-commit-on-revoke")
        .profile(profile -> assignor(profile, name))
        .neverVacuous()
        .holds();
  }

  private static Claim staticMembership() {
    return claim(
        "static-membership",
        "a member back within the session timeout under its group.instance.id causes no rebalance",
        "holds; a second one with the same id fences the first",
        half("back-in-time")
            .workload("group-static")
            .faults("consumer-kills")
            .judging(GROUP)
            .holds(),
        half("too-late").workload("group-static").faults("long-absences").judging(GROUP).holds(),
        half("twins").workload("group-static-twins").neverVacuous().judging(GROUP).holds());
  }

  private static Claim protocolMigration() {
    return claim(
        "protocol-migration",
        "a group moves from the classic protocol to KIP-848 and back under load",
        "holds: no loss, and duplicates as the commit mode says; automatic commits lose as they do in"
            + " auto-commit-duplicates, and a coordinator that dies right after the way back leaves a"
            + " partition without an owner",
        repeating(migrating("rolling").neverVacuous()),
        repeating(
            migrating("cooperative")
                .profile(profile -> assignor(profile, "CooperativeStickyAssignor"))
                .faults("members-come-and-go")),
        coordinatorMoves(),
        autoCommitting());
  }

  /** A coordinator that dies right after the way back leaves a partition without an owner. */
  private static Experiment coordinatorMoves() {
    return repeating(
        migrating("coordinator-moves").faults("coordinator-kills"),
        new Explained(Kinds.of(AnomalyKind.STUCK_CONSUMER), EnumSet.of(Cause.DOWNGRADE_CUT_SHORT)));
  }

  /** What KIP-848 clients commit too early is lost here, too. */
  private static Experiment autoCommitting() {
    return repeating(
        migrating("auto-commit")
            .workload("group-protocol-switch", "commit", "auto")
            .faults("consumer-kills"),
        new Explained(Kinds.of(AnomalyKind.LOST_PROCESSING), EnumSet.of(Cause.COMMITTED_UNASKED)));
  }

  private static ExperimentDraft migrating(String half) {
    return half(half)
        .workload("group-protocol-switch")
        .profile(Profiles::bothProtocols)
        .seenAs("classic", "consumer", "classic");
  }

  /**
   * Whose commit is refused while the group rebalances goes on, and commits the next time. What
   * producers store twice (see {@link ExperimentDraft#holds}) is not the group's business.
   */
  private static Experiment repeating(ExperimentDraft draft, Explained... more) {
    List<Explained> bounds = new ArrayList<>(List.of(more));
    bounds.add(new Explained(Kinds.of(AnomalyKind.DUPLICATE_PROCESSING), REPEATED));
    bounds.add(ExperimentDraft.STORED_TWICE);
    return draft.holdsWithin(bounds);
  }

  private static Claim idleConsumers() {
    return claim(
        "idle-consumers",
        "consumers beyond the number of partitions get nothing, and take over when one goes",
        "holds",
        experiment()
            .workload("group-sync-batch", "consumers", 5)
            .faults("members-come-and-go")
            .judging(GROUP)
            .holds());
  }

  private static Claim patternSubscription() {
    return claim(
        "pattern-subscription",
        "a group that subscribes by a pattern reads every topic whose name matches",
        "holds where clients match (classic protocol)",
        experiment()
            .workload("group-pattern")
            .faults("members-come-and-go")
            .judging(GROUP)
            .holds());
  }

  private static Claim fetchSettings() {
    return claim(
        "fetch-settings",
        "max.poll.records, fetch.min.bytes and fetch.max.wait.ms change pace, not content",
        "holds",
        experiment()
            .workload("fetch-settings")
            .faults("leader-kills")
            .judging(Kinds.with(GROUP, AnomalyKind.POLL_SKIP))
            .holds());
  }

  private static Claim threadPerConsumer() {
    return claim(
        "thread-per-consumer",
        "one consumer per thread keeps order and loses nothing; a shared one refuses the second",
        "holds",
        experiment().workload("group-shared-consumer").neverVacuous().holds());
  }
}
