package dev.trial.claims;

import static dev.trial.claims.ExperimentDraft.experiment;
import static dev.trial.claims.ExperimentDraft.half;
import static dev.trial.claims.Kinds.AFTER_TRUNCATION;
import static dev.trial.claims.Kinds.LOG;
import static dev.trial.claims.Kinds.LOG_BUT_DUPLICATES;
import static dev.trial.claims.Kinds.LOSS;
import static dev.trial.claims.Kinds.with;

import dev.trial.claims.Claim.Section;
import dev.trial.core.profile.Profile;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.EnumSet;
import java.util.List;

/** Section A: replication, acknowledgements, elections. */
final class ReplicationClaims {

  private static final boolean HALF_TRUE = true;
  private static final boolean CORE = true;

  private ReplicationClaims() {}

  static List<Claim> all() {
    return List.of(
        acks0SilentLoss(),
        acks1TailLoss(),
        acksAllMinIsr2(),
        acksAllMinIsr1(),
        minIsrProtectsAcks1(),
        minIsrEqualsBrokers(),
        notEnoughReplicasAfterAppend(),
        uncleanElectionOn(),
        uncleanElectionOff(),
        isrShrinkExpand(),
        highWatermarkOnly(),
        logDivergence(),
        controllerFailover(),
        crashKeepsPageCache(),
        powerLossWithoutFsync());
  }

  private static Claim claim(
      String id,
      String sentence,
      String expected,
      boolean halfTrue,
      boolean core,
      Experiment... halves) {
    return new Claim(id, Section.REPLICATION, sentence, expected, halfTrue, core, List.of(halves));
  }

  private static Claim acks0SilentLoss() {
    return claim(
        "acks-0-silent-loss",
        "acks=0 does not wait for any answer",
        "breaks: lost-write, and the client saw success",
        !HALF_TRUE,
        CORE,
        experiment()
            .workload("produce-consume")
            .faults("leader-dies-mid-stream")
            .profile(profile -> Profiles.minIsr(Profiles.acks(profile, "0"), 1))
            .judging(LOG_BUT_DUPLICATES)
            .breaks(LOSS, AFTER_TRUNCATION));
  }

  private static Claim acks1TailLoss() {
    return claim(
        "acks-1-tail-loss",
        "acks=1 is acknowledged by the leader alone",
        "breaks: lost-write, exactly the old leader's tail",
        !HALF_TRUE,
        CORE,
        experiment()
            .workload("produce-consume")
            .faults("tail-loss")
            .profile(profile -> Profiles.minIsr(Profiles.acks(profile, "1"), 1))
            .judging(LOG_BUT_DUPLICATES)
            .breaksOnlyIf(EnumSet.of(Cause.TRUNCATED_BY_CLEAN_ELECTION), LOSS, AFTER_TRUNCATION));
  }

  private static Claim acksAllMinIsr2() {
    return claim(
        "acks-all-min-isr-2",
        "acks=all with three replicas and min.insync.replicas=2 loses nothing when one broker dies",
        "holds",
        !HALF_TRUE,
        CORE,
        experiment().workload("produce-consume").faults("one-at-a-time").judging(LOG).holds());
  }

  private static Claim acksAllMinIsr1() {
    return claim(
        "acks-all-min-isr-1",
        "acks=all with min.insync.replicas=1 is the same as acks=1",
        "full in-sync set: holds, unlike acks=1; in-sync set of one: breaks",
        HALF_TRUE,
        CORE,
        half("full-isr")
            .workload("produce-consume")
            .faults("leader-kills")
            .profile(profile -> Profiles.minIsr(profile, 1))
            .judging(LOG)
            .holds(),
        half("isr-of-one")
            .workload("produce-consume")
            .faults("isr-of-one-lost")
            .profile(profile -> Profiles.minIsr(profile, 1))
            .judging(LOG)
            .breaksOnlyIf(
                EnumSet.of(Cause.IN_SYNC_SET_OF_ONE, Cause.UNCLEAN_ELECTION, Cause.POWER_LOSS),
                LOSS,
                AFTER_TRUNCATION));
  }

  private static Claim minIsrProtectsAcks1() {
    return claim(
        "min-isr-protects-acks-1",
        "min.insync.replicas guards acks=1 too",
        "acks=all is guarded; acks=1 is acknowledged all the same, hidden from consumers while"
            + " below the minimum (KAFKA-15583), and lost if that leader goes",
        HALF_TRUE,
        !CORE,
        half("acks-all")
            .workload("produce-consume")
            .faults("isr-of-one-replaced")
            .judging(LOG)
            .holds(),
        // What was written below the minimum was never readable, so nothing that was read is lost.
        half("below-the-minimum")
            .workload("produce-consume")
            .faults("isr-of-one-replaced")
            .profile(profile -> Profiles.acks(profile, "1"))
            .judging(LOG_BUT_DUPLICATES)
            .breaksOnlyIf(
                EnumSet.of(Cause.UNCLEAN_ELECTION, Cause.ELIGIBLE_LEADER_ELECTION),
                Kinds.of(AnomalyKind.LOST_WRITE, AnomalyKind.TAIL_LOSS),
                AnomalyKind.INCONSISTENT_OFFSETS),
        half("leader-dies")
            .workload("produce-consume")
            .faults("tail-loss")
            .profile(profile -> Profiles.acks(profile, "1"))
            .judging(LOG_BUT_DUPLICATES)
            .breaksOnlyIf(EnumSet.of(Cause.TRUNCATED_BY_CLEAN_ELECTION), LOSS, AFTER_TRUNCATION));
  }

  private static Claim minIsrEqualsBrokers() {
    return claim(
        "min-isr-equals-brokers",
        "min.insync.replicas equal to the broker count blocks writes as soon as one broker is down",
        "breaks: unavailable; nothing acknowledged is lost",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("produce-consume")
            .faults("stop-one-broker")
            .profile(
                profile ->
                    Profiles.minIsr(profile, 3)
                        .producer("delivery.timeout.ms", 3_000)
                        .producer("request.timeout.ms", 1_000))
            .neverVacuous() // that nothing succeeds under the fault is the point
            .judging(with(LOG, AnomalyKind.UNAVAILABLE))
            .breaks(Kinds.of(AnomalyKind.UNAVAILABLE)));
  }

  /** One attempt a batch: what a broker refuses before it appends must never be in a log. */
  private static Claim notEnoughReplicasAfterAppend() {
    return claim(
        "not-enough-replicas-after-append",
        "such an error means that the record was not written",
        "holds as indeterminate: the record may appear later; refused before the append, it does"
            + " not",
        HALF_TRUE,
        !CORE,
        experiment()
            .workload("produce-consume")
            .faults("isr-shrinks")
            .profile(
                profile ->
                    Profiles.notIdempotent(Profiles.minIsr(profile, 3)).producer("retries", 0))
            .neverVacuous() // that nothing succeeds under the fault is the point
            // A request that timed out may be overtaken by the next, on another connection.
            .judging(LOG_BUT_DUPLICATES)
            .holds());
  }

  private static Claim uncleanElectionOn() {
    return claim(
        "unclean-election-on",
        "unclean.leader.election.enable=true trades loss for availability",
        "breaks only with an unclean election: lost-write, inconsistent-offsets",
        !HALF_TRUE,
        CORE,
        experiment()
            .workload("produce-consume")
            .faults("out-of-sync-returns")
            .profile(
                profile ->
                    Profiles.minIsr(profile, 1).topic("unclean.leader.election.enable", true))
            .judging(LOG)
            .breaksOnlyIf(EnumSet.of(Cause.UNCLEAN_ELECTION), LOSS, AFTER_TRUNCATION));
  }

  private static Claim uncleanElectionOff() {
    return claim(
        "unclean-election-off",
        "unclean.leader.election.enable=false trades availability for no loss",
        "holds; with eligible leader replicas (KIP-966) the last known leader is elected in the"
            + " end, and a replica that came back after a crash is not eligible",
        HALF_TRUE,
        CORE,
        half("in-sync-only")
            .workload("produce-consume")
            .faults("out-of-sync-returns")
            .profile(profile -> cleanOnly(Profiles.minIsr(profile, 1), 0))
            .judging(LOG)
            .holds(),
        // A killed leader was the only one in sync: it is trusted again as the last known leader.
        half("last-known-leader")
            .workload("produce-consume")
            .faults("out-of-sync-returns")
            .profile(profile -> cleanOnly(Profiles.minIsr(profile, 1), 1))
            .judging(LOG)
            .holds(),
        half("eligible-leaders")
            .workload("produce-consume")
            .faults("eligible-replica-loses-power")
            .profile(profile -> cleanOnly(profile, 1))
            .judging(LOG)
            .holds());
  }

  /** Level 0 is the controller of Kafka 3.9, level 1 that of new clusters from 4.1 on. */
  private static Profile cleanOnly(Profile profile, int eligibleLeaderReplicas) {
    return profile
        .topic("unclean.leader.election.enable", false)
        .broker("eligible.leader.replicas.version", eligibleLeaderReplicas);
  }

  private static Claim isrShrinkExpand() {
    return claim(
        "isr-shrink-expand",
        "a follower that does not catch up within replica.lag.time.max.ms leaves the in-sync set"
            + " and rejoins when caught up",
        "holds: nothing acknowledged or read is lost by it",
        !HALF_TRUE,
        !CORE,
        experiment().workload("produce-consume").faults("slow-to-rejoin").judging(LOG).holds());
  }

  private static Claim controllerFailover() {
    return claim(
        "controller-failover",
        "a dead broker's leaderships move to others",
        "holds, also while the controller dies",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("produce-consume")
            .faults("out-of-sync-at-failover")
            .judging(LOG)
            .holds());
  }

  private static Claim highWatermarkOnly() {
    return claim(
        "high-watermark-only",
        "consumers never read above the high watermark",
        "holds: nothing that was read is lost later",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("one-partition")
            .faults("tail-loss")
            .profile(profile -> Profiles.minIsr(Profiles.acks(profile, "1"), 1))
            .judging(
                Kinds.of(
                    AnomalyKind.READ_THEN_LOST,
                    AnomalyKind.WATERMARK_REGRESSION,
                    AnomalyKind.REPLICA_DIVERGENCE))
            .holds());
  }

  private static Claim logDivergence() {
    return claim(
        "log-divergence",
        "after failovers all in-sync replicas hold identical logs",
        "holds",
        !HALF_TRUE,
        !CORE,
        // What a leader has and could not commit is what logs may differ in.
        experiment()
            .workload("produce-consume")
            .faults("leader-changes")
            .vacuousBelowLeaderChanges(2)
            .judging(LOG)
            .holds());
  }

  private static Claim crashKeepsPageCache() {
    return claim(
        "crash-keeps-page-cache",
        "an acknowledged but unflushed record survives a process crash",
        "holds",
        !HALF_TRUE,
        !CORE,
        // Nothing can succeed while every broker is down.
        experiment()
            .workload("produce-consume")
            .faults("kill-all")
            // With several in flight a leader that comes back may take one of them twice.
            .profile(profile -> profile.producer("max.in.flight.requests.per.connection", 1))
            .neverVacuous()
            .judging(LOG)
            .holdsWithin(EnumSet.of(Cause.DELIVERY_TIMEOUT), EnumSet.of(AnomalyKind.DUPLICATE)));
  }

  private static Claim powerLossWithoutFsync() {
    return claim(
        "power-loss-without-fsync",
        "acks=all is durable",
        "page cache only: breaks with a power loss; flushed each record: holds",
        HALF_TRUE,
        !CORE,
        // Nothing can succeed while every broker is down.
        half("page-cache")
            .workload("produce-consume")
            .faults("power-loss-all")
            .neverVacuous()
            .judging(LOG)
            .breaksOnlyIf(EnumSet.of(Cause.POWER_LOSS), LOSS, AFTER_TRUNCATION),
        half("flushed")
            .workload("produce-consume")
            .faults("power-loss-all")
            .neverVacuous()
            .profile(
                profile ->
                    profile.topic("flush.messages", 1).broker("log.flush.interval.messages", 1))
            .judging(LOG)
            .holds());
  }
}
