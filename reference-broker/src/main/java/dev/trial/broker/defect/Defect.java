package dev.trial.broker.defect;

import java.util.Locale;

/** A named defect of the reference cluster, off by default, chosen after real bugs. */
public enum Defect {
  ACK_BEFORE_IN_SYNC("replication", "acks=all is answered before the in-sync replicas have it"),
  HIGH_WATERMARK_AHEAD(
      "replication", "the high watermark moves without the slowest in-sync replica"),
  WATERMARK_AT_END_AFTER_ELECTION(
      "replication", "a new leader takes its own log end for the high watermark"),
  WATERMARK_NOT_HELD(
      "replication", "the high watermark moves below min.insync.replicas (KAFKA-15583)"),
  READ_ABOVE_HIGH_WATERMARK(
      "replication", "consumers are given records above the high watermark (KAFKA-9835)"),
  TRUNCATION_HIDDEN_FROM_CONSUMERS(
      "replication", "OffsetForLeaderEpoch tells the log's end whatever the epoch (KIP-320)"),
  OLD_LEADER_EPOCH_SERVED("replication", "requests under an old leader epoch are served (KIP-320)"),
  TRUNCATE_TO_HIGH_WATERMARK(
      "replication", "a follower truncates to its high watermark, not by leader epoch (KIP-101)"),
  DIVERGENCE_NOT_TOLD(
      "replication", "a leader does not tell followers where their logs diverge (KIP-279)"),
  EPOCHS_OUTLIVE_TRUNCATION(
      "replication", "a truncated log keeps the leader epochs of what was cut off (KIP-101)"),
  DEPOSED_LEADER_ACKNOWLEDGES(
      "replication", "a leader acknowledges what it had not committed when it was deposed"),
  IN_SYNC_BEFORE_CAUGHT_UP(
      "replication", "a follower rejoins the in-sync set before it has what is committed"),
  SEAT_KEPT_OVER_REBOOT(
      "replication", "a broker that went down keeps its seats in the in-sync sets (KAFKA-15221)"),
  BATCH_OVERTAKEN(
      "replication",
      "a batch without sequence is answered from memory and stored after the next one"),
  UNCLEAN_THOUGH_DISABLED("election", "an unclean election happens though it is disabled"),
  IN_SYNC_SET_IGNORED("election", "the controller takes every live replica for in sync"),
  LEADER_EPOCH_NOT_BUMPED("election", "a new leader keeps the leader epoch of the old one"),
  MIN_INSYNC_IGNORED("election", "min.insync.replicas is ignored"),
  SHRINK_FORGOTTEN_AT_FAILOVER("election", "a new controller takes all replicas for in sync"),
  REASSIGNMENT_NOT_AWAITED(
      "election", "a reassignment completes before the new replicas have the data (KIP-455)"),
  UNCLEAN_SHUTDOWN_STAYS_ELIGIBLE(
      "election", "a replica stays an eligible leader after an unclean shutdown (KIP-966)"),
  FLUSH_IGNORED("storage", "flush.messages is ignored"),
  CHECKSUM_NOT_CHECKED("storage", "recovery accepts batches whose checksum is wrong"),
  IO_ERROR_IGNORED(
      "storage", "a failed write is acknowledged and the broker goes on (KAFKA-10778)"),
  LAST_BATCH_LOST_AT_RESTART("storage", "a restart drops the last batch of every log"),
  PRODUCERS_LOST_AT_RESTART("storage", "a restart forgets the producers of every log"),
  PRODUCERS_LOST_AT_ELECTION("storage", "a new leader forgets the producers of its log"),
  PRODUCERS_EXPIRE_EARLY("storage", "producers are forgotten within a second (KAFKA-9144)"),
  DUPLICATE_SEQUENCE_APPENDED("idempotence", "a duplicate sequence is appended again"),
  SEQUENCE_GAP_ACCEPTED("idempotence", "a batch is accepted whose sequence does not follow"),
  OLD_EPOCH_SEQUENCES_KEPT("idempotence", "sequences of an old producer epoch count in a new one"),
  ONE_BATCH_REMEMBERED("idempotence", "only the last batch of a producer is known again, not five"),
  DUPLICATE_OFFSET_WRONG("idempotence", "a duplicate is answered with a wrong offset"),
  ABORTED_NOT_TOLD(
      "transactions", "readers are not told which transactions were aborted (KAFKA-9807)"),
  OPEN_TRANSACTION_IGNORED("transactions", "the last stable offset ignores open transactions"),
  MARKER_TO_ONE_PARTITION("transactions", "only one partition of a transaction gets its marker"),
  LATE_MARKER_FORGOTTEN(
      "transactions", "a marker that could not be written at once is not sent again"),
  FENCED_APPEND_ACCEPTED("transactions", "a fenced producer may still append"),
  SECOND_PRODUCER_NOT_FENCED("transactions", "a second producer gets the same epoch as the first"),
  DECISION_NOT_AWAITED("transactions", "a coordinator answers before its decision is replicated"),
  LATE_END_ENDS_NEXT(
      "transactions", "the end of an older epoch ends the next transaction (KAFKA-17754)"),
  PREPARED_COMMIT_ABORTED(
      "transactions", "a new coordinator aborts what the old one had decided to commit"),
  TRANSACTION_NEVER_TIMES_OUT("transactions", "an abandoned transaction stays open (KAFKA-8803)"),
  TRANSACTIONAL_OFFSETS_VISIBLE(
      "transactions", "offsets of a transaction count before it commits (KAFKA-17507)"),
  ABORTED_OFFSETS_KEPT("transactions", "offsets of an aborted transaction count"),
  COMMIT_FROM_OLD_GENERATION("groups", "a commit of an old generation is accepted"),
  OFFSETS_LOST_AT_COORDINATOR_MOVE(
      "groups", "committed offsets are forgotten when the coordinator moves"),
  OLDEST_OFFSET_LOADED("groups", "a new coordinator takes the oldest commit for the last one"),
  COMMIT_ANSWERED_EARLY("groups", "a commit or a generation is answered before it is replicated"),
  OFFSETS_EXPIRE_IN_USE("groups", "offsets expire while the group is alive (KAFKA-8069)"),
  PARTITION_OF_TWO_MEMBERS(
      "groups", "every member is given the partitions of the leading one (KAFKA-12984)"),
  PARTITION_INCREASE_REMAPS("topics", "a new partition begins with the data of the first one"),
  RETENTION_REMOVES_ACTIVE("topics", "retention removes the active segment with the old ones"),
  RETENTION_LEAVES_HOLE("topics", "retention removes the second segment and keeps the first"),
  COMPACTION_DROPS_NEWEST("topics", "compaction keeps the oldest record of a key, not the newest"),
  COMPACTION_MOVES_RECORD("topics", "compaction gives records offsets without gaps"),
  TOMBSTONE_REMOVED_EARLY("topics", "the first cleaning removes tombstones (KIP-534)"),
  RECREATED_SHOWS_OLD("topics", "a topic made again shows the data of its deleted namesake"),
  TIMESTAMP_LOOKUP_SKIPS_SEGMENT(
      "topics", "a lookup by time never looks into the first of several segments"),
  APPEND_TIME_OF_CLIENT(
      "topics", "with LogAppendTime records keep the time of their producer's clock"),
  COMMIT_FROM_STALE_EPOCH(
      "groups",
      "a commit of an old member epoch is accepted for a partition that moved (KAFKA-20066)"),
  ASSIGNED_BEFORE_REVOKED(
      "groups", "a partition is given to its next owner before the last one let go (KAFKA-16147)"),
  STATIC_MEMBER_NOT_FENCED("groups", "two members of one instance id are in the group at once"),
  EVICTED_MEMBER_KEPT("groups", "the heartbeats of an evicted member are answered as before"),
  GROUP_LOST_AT_COORDINATOR_MOVE(
      "groups", "a consumer group is forgotten when the coordinator moves"),
  OWNERS_FORGOTTEN_AT_UPGRADE(
      "groups",
      "a classic group that becomes a consumer group forgets what its members own (KIP-848)"),
  OFFSETS_LOST_AT_DOWNGRADE(
      "groups",
      "committed offsets are forgotten when a consumer group becomes a classic one (KIP-848)");

  private final String family;
  private final String sentence;

  Defect(String family, String sentence) {
    this.family = family;
    this.sentence = sentence;
  }

  /** The name that users type and read. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Family as in the catalogue. */
  public String family() {
    return family;
  }

  /** What is wrong, in one sentence. */
  public String sentence() {
    return sentence;
  }
}
