package dev.trial.broker.defect;

import java.util.Locale;

/** A named defect of the reference cluster, off by default, chosen after real bugs. */
public enum Defect {
  ACK_BEFORE_IN_SYNC("replication", "acks=all is answered before the in-sync replicas have it"),
  HIGH_WATERMARK_AHEAD(
      "replication", "the high watermark moves without the slowest in-sync replica"),
  MIN_INSYNC_IGNORED("election", "min.insync.replicas is ignored"),
  TRUNCATE_TO_HIGH_WATERMARK(
      "replication", "a follower truncates to its high watermark, not by leader epoch (KIP-101)"),
  DUPLICATE_SEQUENCE_APPENDED("idempotence", "a duplicate sequence is appended again"),
  UNCLEAN_THOUGH_DISABLED("election", "an unclean election happens though it is disabled"),
  COMMIT_FROM_OLD_GENERATION("groups", "a commit of an old generation is accepted"),
  OFFSETS_LOST_AT_COORDINATOR_MOVE(
      "groups", "committed offsets are forgotten when the coordinator moves");

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
