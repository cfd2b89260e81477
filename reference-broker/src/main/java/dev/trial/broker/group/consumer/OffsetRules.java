package dev.trial.broker.group.consumer;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/** Who may commit and read offsets of a consumer group (Kafka's ConsumerGroup, KIP-1251). */
public final class OffsetRules {

  /** OffsetCommit v9 has a member epoch (KIP-848). */
  private static final int MEMBER_EPOCH_SINCE = 9;

  private OffsetRules() {}

  /**
   * Who commits what.
   *
   * @param memberId empty if not told
   * @param epoch the member's epoch, −1 if not told
   */
  public record Commit(
      String memberId, String instanceId, int epoch, List<IdPartition> partitions) {}

  /**
   * Why a commit as a whole is refused; NONE if it is not. A member commits in its present epoch,
   * or in an older one what it has owned at least since then.
   */
  public static Errors commit(ConsumerGroup group, Commit commit, int version, Defects defects) {
    if (commit.epoch() < 0 && group.isEmpty()) {
      return Errors.NONE;
    }
    if (commit.epoch() < group.epoch() && defects.has(Defect.COMMIT_FROM_STALE_EPOCH)) {
      return Errors.NONE;
    }
    ConsumerMember member = group.member(commit.memberId());
    if (member == null) {
      return Errors.UNKNOWN_MEMBER_ID;
    }
    return version < MEMBER_EPOCH_SINCE && !member.classic()
        ? Errors.UNSUPPORTED_VERSION
        : epoch(member, commit, stale(member));
  }

  /** The same within a transaction, where a producer need not say who consumes (KIP-447). */
  public static Errors transactionalCommit(ConsumerGroup group, Commit commit, Defects defects) {
    boolean names =
        commit.epoch() != -1 || !commit.memberId().isEmpty() || commit.instanceId() != null;
    if (!names || commit.epoch() < 0 && group.isEmpty()) {
      return Errors.NONE;
    }
    if (commit.epoch() < group.epoch() && defects.has(Defect.COMMIT_FROM_STALE_EPOCH)) {
      return Errors.NONE;
    }
    ConsumerMember member = group.member(commit.memberId());
    return member == null
        ? Errors.UNKNOWN_MEMBER_ID
        : epoch(member, commit, Errors.ILLEGAL_GENERATION);
  }

  private static Errors epoch(ConsumerMember member, Commit commit, Errors stale) {
    if (commit.epoch() == member.epoch()) {
      return Errors.NONE;
    }
    if (commit.epoch() > member.epoch()) {
      return stale;
    }
    for (IdPartition partition : commit.partitions()) {
      Integer since = member.current().sinceEpoch(partition);
      if (since == null || commit.epoch() < since) {
        return stale;
      }
    }
    return Errors.NONE;
  }

  /**
   * Why offsets are not told.
   *
   * @param memberId null if not told, as by an administrator
   */
  public static Errors fetch(ConsumerGroup group, String memberId, int epoch) {
    if (memberId == null && epoch < 0) {
      return Errors.NONE;
    }
    ConsumerMember member = memberId == null ? null : group.member(memberId);
    if (member == null) {
      return Errors.UNKNOWN_MEMBER_ID;
    }
    return member.epoch() == epoch ? Errors.NONE : stale(member);
  }

  /** The epoch of a member of the classic protocol is its generation. */
  private static Errors stale(ConsumerMember member) {
    return member.classic() ? Errors.ILLEGAL_GENERATION : Errors.STALE_MEMBER_EPOCH;
  }
}
