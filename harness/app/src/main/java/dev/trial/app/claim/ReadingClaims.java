package dev.trial.app.claim;

import static dev.trial.app.claim.ExperimentDraft.half;
import static dev.trial.app.claim.Kinds.AFTER_TRUNCATION;
import static dev.trial.app.claim.Kinds.LOG;

import dev.trial.app.claim.Claim.Section;
import dev.trial.core.profile.Profile;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Section B: where consumers read, and what becomes of their positions. */
final class ReadingClaims {

  /** What was read stays, and a reader passes nothing over, wherever it reads. */
  private static final Set<AnomalyKind> READ =
      Kinds.of(
          AnomalyKind.READ_THEN_LOST,
          AnomalyKind.WATERMARK_REGRESSION,
          AnomalyKind.REPLICA_DIVERGENCE,
          AnomalyKind.SILENT_TRUNCATION,
          AnomalyKind.POLL_SKIP,
          AnomalyKind.INT_POLL_SKIP,
          AnomalyKind.NONMONOTONIC_POLL,
          AnomalyKind.SKIPPED_BY_GROUP,
          AnomalyKind.STUCK_CONSUMER);

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

  private ReadingClaims() {}

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
        truncated(half("earliest"), "earliest"),
        truncated(half("latest"), "latest"),
        truncated(half("none"), "none"),
        truncated(
            half("none-" + ConsumerClaims.KIP_848).profile(Profiles::consumerProtocol), "none"));
  }

  /** One member: whoever reads ahead keeps its partitions, so that no rebalance moves it. */
  private static Experiment truncated(ExperimentDraft draft, String policy) {
    return draft
        .workload("group-read-ahead", "consumers", 1)
        .faults("out-of-sync-returns")
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

  private static Claim followerFetch() {
    return claim(
        "follower-fetch",
        "reading from the nearest replica loses nothing (KIP-392)",
        "holds: followers serve what is committed, and after a failover nothing is passed over",
        half("failover")
            .workload("nearest-replica")
            .faults("slow-to-rejoin")
            .profile(ReadingClaims::racks)
            .judging(LOG)
            .holds(),
        half("lag")
            .workload("nearest-replica")
            .faults("isr-shrinks")
            .profile(ReadingClaims::racks)
            .judging(LOG)
            .holds(),
        half("uncommitted-tail")
            .workload("nearest-replica")
            .faults("follower-behind")
            .profile(profile -> racks(Profiles.minIsr(Profiles.acks(profile, "1"), 1)))
            .judging(READ)
            .holds());
  }

  /** A rack a broker, and leaders that send consumers to the replica in theirs. */
  private static Profile racks(Profile profile) {
    return profile
        .broker("broker.rack", "rack-{id}")
        .broker(
            "replica.selector.class", "org.apache.kafka.common.replica.RackAwareReplicaSelector");
  }
}
