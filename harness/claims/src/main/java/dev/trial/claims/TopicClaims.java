package dev.trial.claims;

import static dev.trial.claims.ExperimentDraft.experiment;
import static dev.trial.claims.ExperimentDraft.half;
import static dev.trial.claims.Kinds.LOG;
import static dev.trial.claims.Kinds.with;

import dev.trial.claims.Claim.Section;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.profile.Profile;
import dev.trial.core.verdict.AnomalyKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Section B: topics, retention, compaction, partitions. */
final class TopicClaims {
  private static final boolean HALF_TRUE = true;
  private static final boolean CORE = true;

  /** What must hold across a deletion: offsets begin anew, so that orders tell nothing. */
  private static final Set<AnomalyKind> NAMESAKE =
      Kinds.of(
          AnomalyKind.LOST_WRITE,
          AnomalyKind.TAIL_LOSS,
          AnomalyKind.READ_THEN_LOST,
          AnomalyKind.DUPLICATE,
          AnomalyKind.PHANTOM,
          AnomalyKind.RESURRECTED,
          AnomalyKind.REPLICA_DIVERGENCE,
          AnomalyKind.STUCK_REPLICA,
          AnomalyKind.SKIPPED_BY_GROUP,
          AnomalyKind.STUCK_CONSUMER,
          AnomalyKind.CALLBACK_MISSING,
          AnomalyKind.CLIENT_ERROR,
          AnomalyKind.BROKER_INVARIANT);

  private static final Set<AnomalyKind> TIMES =
      with(with(LOG, AnomalyKind.WRONG_TIMESTAMP), AnomalyKind.WRONG_TIMESTAMP_LOOKUP);

  private TopicClaims() {}

  static List<Claim> all() {
    return List.of(
        partitionIncreaseBreaksKeyOrder(),
        partitionIncreaseCustomPartitioner(),
        partitionIncreaseLatestLoses(),
        retentionTime(),
        retentionBytes(),
        deleteRecords(),
        compactionKeepsLast(),
        compactionWithDeletion(),
        topicRecreate(),
        timestampsAndHeaders(),
        preferredElectionAndReassignment());
  }

  private static Claim claim(
      String id,
      String sentence,
      String expected,
      boolean halfTrue,
      boolean core,
      Experiment... halves) {
    return new Claim(id, Section.TOPICS, sentence, expected, halfTrue, core, List.of(halves));
  }

  // ---- more partitions

  private static Claim partitionIncreaseBreaksKeyOrder() {
    return claim(
        "partition-increase-breaks-key-order",
        "more partitions break per-key order with the default partitioner",
        "breaks: key-reorder",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("slow-group")
            .faults("partitions-added")
            .neverVacuous()
            .judging(with(LOG, AnomalyKind.KEY_REORDER))
            .breaks(Kinds.of(AnomalyKind.KEY_REORDER)));
  }

  private static Claim partitionIncreaseCustomPartitioner() {
    return claim(
        "partition-increase-custom-partitioner",
        "a partitioner that pins old keys keeps their order when partitions are added",
        "holds",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("slow-group-pinned")
            .faults("partitions-added")
            .neverVacuous()
            .judging(with(LOG, AnomalyKind.KEY_REORDER))
            .holds());
  }

  private static Claim partitionIncreaseLatestLoses() {
    return claim(
        "partition-increase-latest-loses",
        "a group sees every record of a partition that is added while it runs",
        "auto.offset.reset=latest: breaks, it misses what was written before it found the partition"
            + " (KIP-842); earliest: holds",
        HALF_TRUE,
        !CORE,
        half("latest")
            .workload("produce-consume")
            .faults("partitions-added")
            .profile(profile -> lateDiscovery(profile, "latest"))
            .neverVacuous()
            .judging(LOG)
            .breaks(Kinds.of(AnomalyKind.SKIPPED_BY_GROUP)),
        half("earliest")
            .workload("produce-consume")
            .faults("partitions-added")
            .profile(profile -> lateDiscovery(profile, "earliest"))
            .neverVacuous()
            .judging(LOG)
            .holds());
  }

  /** Producers find a new partition soon, consumers late. */
  private static Profile lateDiscovery(Profile profile, String reset) {
    return profile
        .consumer("auto.offset.reset", reset)
        .consumer("metadata.max.age.ms", 15_000)
        .producer("metadata.max.age.ms", 1_000);
  }

  // ---- timestamps

  private static Claim timestampsAndHeaders() {
    return claim(
        "timestamps-and-headers",
        "CreateTime, LogAppendTime, headers and offsetsForTimes survive failovers, wrong clocks and"
            + " the splitting of batches",
        "holds",
        !HALF_TRUE,
        !CORE,
        half("create-time")
            .workload("times")
            .faults("clocks-wrong")
            .profile(TopicClaims::smallBatches)
            .judging(TIMES)
            .holds(),
        half("log-append-time")
            .workload("times")
            .faults("clocks-wrong")
            .profile(
                profile -> smallBatches(profile).topic("message.timestamp.type", "LogAppendTime"))
            .judging(TIMES)
            .holds());
  }

  /** Batches that the topic refuses as too large, so that the producer splits them. */
  private static Profile smallBatches(Profile profile) {
    return smallSegments(profile)
        .topic("max.message.bytes", 700)
        .producer("batch.size", 2_000)
        .producer("max.request.size", 3_000)
        .producer("linger.ms", 60);
  }

  // ---- retention

  private static Claim retentionTime() {
    return claim(
        "retention-time",
        "deletion by age goes by whole closed segments, oldest first",
        "holds: only a prefix goes, and nothing younger than retention.ms",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("slow-group")
            .faults("leader-kills")
            .profile(profile -> smallSegments(profile).topic("retention.ms", 30_000))
            .judging(with(LOG, AnomalyKind.RETENTION_HOLE))
            .holds());
  }

  private static Claim retentionBytes() {
    return claim(
        "retention-bytes",
        "deletion by size goes by whole closed segments, oldest first",
        "holds: only a prefix goes; a consumer left behind follows auto.offset.reset",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("slow-group", "consumers", 1) // is left behind
            .faults("leader-kills")
            .profile(profile -> smallSegments(profile).topic("retention.bytes", 60_000))
            .judging(with(LOG, AnomalyKind.RETENTION_HOLE))
            .holds());
  }

  private static Claim deleteRecords() {
    return claim(
        "delete-records",
        "DeleteRecords removes what is below an offset on every replica, and nothing else"
            + " (KIP-107)",
        "holds, also when the leader dies",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("produce-consume")
            .faults("records-deleted")
            .profile(TopicClaims::smallSegments)
            .judging(LOG)
            .holds());
  }

  // ---- compaction

  private static Claim compactionKeepsLast() {
    return claim(
        "compaction-keeps-last",
        "compaction keeps at least the newest record of each key, order and offsets unchanged, the"
            + " active segment untouched",
        "holds; a smaller min.cleanable.dirty.ratio leaves fewer records (statistics:"
            + " records-kept)",
        !HALF_TRUE,
        !CORE,
        compaction("dirty-0.1", 0.1),
        compaction("dirty-0.5", 0.5),
        compaction("dirty-0.9", 0.9));
  }

  private static Experiment compaction(String name, double ratio) {
    return half(name)
        .workload("short-lived-keys")
        .faults("leader-kills")
        .profile(profile -> compacted(profile, ratio).topic("delete.retention.ms", 20_000))
        .judging(with(LOG, AnomalyKind.COMPACTION_LOSS, AnomalyKind.COMPACTION_REORDER))
        .holds();
  }

  private static Claim compactionWithDeletion() {
    return claim(
        "compaction-with-deletion",
        "cleanup.policy=compact,delete does both: old segments go, of the others the newest records"
            + " stay",
        "holds",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("short-lived-keys")
            .faults("leader-kills")
            .profile(
                profile ->
                    compacted(profile, 0.3)
                        .topic("cleanup.policy", "compact,delete")
                        .topic("retention.ms", 40_000))
            .judging(with(LOG, AnomalyKind.COMPACTION_LOSS, AnomalyKind.COMPACTION_REORDER))
            .holds());
  }

  private static Profile compacted(Profile profile, double ratio) {
    return smallSegments(profile)
        .topic("cleanup.policy", "compact")
        .topic("min.cleanable.dirty.ratio", ratio);
  }

  // ---- another topic of the same name

  private static Claim topicRecreate() {
    return claim(
        "topic-recreate",
        "a group goes on with a topic that was deleted and made again",
        "members away: committed offsets went with the topic, holds; members at work: where the leader"
            + " is another broker now, the client takes the new log for a truncated one and goes on at"
            + " its end (KIP-320), breaks; members that paused: the offset falls inside the new log,"
            + " breaks",
        HALF_TRUE,
        !CORE,
        half("committed-removed")
            .workload("produce-consume")
            .faults("topic-recreated-in-absence")
            .neverVacuous()
            .judging(NAMESAKE)
            .holds(),
        half("at-work")
            .workload("produce-consume")
            .faults("topic-recreated")
            .neverVacuous()
            .judging(NAMESAKE)
            .breaks(Kinds.of(AnomalyKind.SKIPPED_BY_GROUP)),
        half("inside")
            .workload("produce-consume")
            .faults("topic-recreated-in-pause")
            .profile(profile -> profile.consumer("session.timeout.ms", 45_000))
            .neverVacuous()
            .judging(NAMESAKE)
            .breaks(Kinds.of(AnomalyKind.SKIPPED_BY_GROUP)));
  }

  // ---- other replicas

  private static Claim preferredElectionAndReassignment() {
    return claim(
        "preferred-election-and-reassignment",
        "moving leaders or replicas under load loses nothing",
        "holds, also when a leader dies meanwhile",
        !HALF_TRUE,
        !CORE,
        experiment()
            .workload("produce-consume")
            .faults("replicas-moved")
            .profile(TopicClaims::fourBrokers)
            .judging(LOG)
            .holds());
  }

  /** One more than there are replicas: somewhere to move to. */
  private static Profile fourBrokers(Profile profile) {
    return new Profile(
        new ClusterShape(4, 3),
        profile.broker(),
        profile.topic(),
        profile.producer(),
        profile.consumer());
  }

  /** Segments that close within seconds, though no batch is too large for one. */
  private static Profile smallSegments(Profile profile) {
    return profile
        .topic("internal.segment.bytes", 20_000)
        .broker("log.initial.task.delay.ms", 1_000)
        .broker("log.retention.check.interval.ms", 1_000)
        .broker("log.cleaner.backoff.ms", 1_000);
  }

  private static Set<AnomalyKind> with(Set<AnomalyKind> kinds, AnomalyKind... more) {
    Set<AnomalyKind> all = EnumSet.copyOf(kinds);
    all.addAll(List.of(more));
    return all;
  }
}
