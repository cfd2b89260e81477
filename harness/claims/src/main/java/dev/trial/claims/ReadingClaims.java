package dev.trial.claims;

import static dev.trial.claims.ExperimentDraft.half;
import static dev.trial.claims.Kinds.AFTER_TRUNCATION;

import dev.trial.claims.Claim.Section;
import dev.trial.core.profile.Profile;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Section B: what becomes of consumers' positions. */
final class ReadingClaims {

  private static final Set<AnomalyKind> POSITIONS =
      Kinds.of(
          AnomalyKind.LOST_WRITE,
          AnomalyKind.READ_THEN_LOST,
          AnomalyKind.SILENT_TRUNCATION,
          AnomalyKind.POLL_SKIP,
          AnomalyKind.NONMONOTONIC_POLL,
          AnomalyKind.SKIPPED_BY_GROUP,
          AnomalyKind.DUPLICATE_PROCESSING,
          AnomalyKind.LOST_PROCESSING,
          AnomalyKind.COMMIT_AHEAD,
          AnomalyKind.COMMIT_REGRESSION,
          AnomalyKind.WRONG_START,
          AnomalyKind.STUCK_CONSUMER);

  /** Members that commit too late process again, wherever they read. */
  private static final Set<AnomalyKind> NOTHING_MISSED = withoutRepetition(POSITIONS);

  private ReadingClaims() {}

  private static Set<AnomalyKind> withoutRepetition(Set<AnomalyKind> kinds) {
    Set<AnomalyKind> rest = EnumSet.copyOf(kinds);
    rest.remove(AnomalyKind.DUPLICATE_PROCESSING);
    return rest;
  }

  static List<Claim> all() {
    return List.of(truncatedPosition(), followerFetch());
  }

  private static Claim claim(String id, String sentence, String expected, Experiment... halves) {
    return new Claim(id, Section.TOPICS, sentence, expected, false, false, List.of(halves));
  }

  private static Claim truncatedPosition() {
    return claim(
        "truncated-position",
        "a consumer whose position was truncated away notices (KIP-320)",
        "earliest and latest: goes back to where the logs part; none: LogTruncationException; what"
            + " it had read is lost only with an unclean election",
        truncated(group("earliest"), "earliest"),
        truncated(group("latest"), "latest"),
        truncated(group("none"), "none"),
        truncated(
            group("none-" + ConsumerClaims.KIP_848).profile(Profiles::consumerProtocol), "none"),
        truncated(half("asleep").workload("one-partition").faults("truncated-asleep"), "earliest"));
  }

  private static Claim followerFetch() {
    return claim(
        "follower-fetch",
        "reading from the nearest replica loses nothing (KIP-392)",
        "holds",
        // One replica may write: who reads elsewhere must follow when the rest falls behind.
        nearest("lag")
            .profile(profile -> Profiles.minIsr(profile, 1))
            .faults("isr-shrinks")
            .holds(),
        nearest("failover").faults("follower-behind").holds());
  }

  private static ExperimentDraft nearest(String half) {
    return half(half)
        .workload("nearest-replica")
        .profile(
            profile ->
                profile
                    .broker("broker.rack", "rack-{id}")
                    .broker(
                        "replica.selector.class",
                        "org.apache.kafka.common.replica.RackAwareReplicaSelector"))
        .judging(NOTHING_MISSED);
  }

  /** One member: whoever reads ahead keeps its partitions, so that no rebalance moves it. */
  private static ExperimentDraft group(String half) {
    return half(half).workload("group-read-ahead", "consumers", 1).faults("out-of-sync-returns");
  }

  private static Experiment truncated(ExperimentDraft draft, String policy) {
    return draft
        .profile(profile -> uncleanElections(profile).consumer("auto.offset.reset", policy))
        .judging(POSITIONS)
        .breaksOnlyIf(
            EnumSet.of(Cause.UNCLEAN_ELECTION),
            Kinds.of(AnomalyKind.READ_THEN_LOST, AnomalyKind.LOST_WRITE),
            AFTER_TRUNCATION);
  }

  private static Profile uncleanElections(Profile profile) {
    return Profiles.minIsr(profile, 1).topic("unclean.leader.election.enable", true);
  }
}
