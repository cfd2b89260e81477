package dev.trial.broker.group.consumer;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import java.util.SortedSet;
import org.apache.kafka.common.protocol.Errors;

/** Whose heartbeat or join is accepted: member ids, epochs, instance ids (KIP-848, KIP-345). */
final class Admission {
  private final int maxSize;
  private final Defects defects;

  Admission(int maxSize, Defects defects) {
    this.maxSize = maxSize;
    this.defects = defects;
  }

  /**
   * Who sent the heartbeat.
   *
   * @param group with a static member that came back in the place of the one that left
   * @param ghost true if it is not in the group and yet is answered
   */
  record Admitted(ConsumerGroup group, ConsumerMember member, boolean ghost) {}

  Admitted admit(ConsumerGroup group, Heartbeat beat) throws Refused {
    checkRoom(group, beat.memberId());
    return beat.instanceId() == null ? dynamic(group, beat) : fixed(group, beat);
  }

  /** Who is in already may stay, however many there are. */
  void checkRoom(ConsumerGroup group, String memberId) throws Refused {
    boolean full = group.members().size() >= maxSize;
    if (full && group.member(memberId) == null) {
      throw new Refused(
          Errors.GROUP_MAX_SIZE_REACHED,
          "The consumer group has reached its maximum capacity of " + maxSize + " members.");
    }
  }

  /**
   * A member of the classic protocol joins. A dynamic one may come with any member id; a static one
   * that came without takes the place of who has its instance id, whatever that one does.
   */
  Admitted admit(ConsumerGroup group, ClassicJoin join) throws Refused {
    if (join.instanceId() != null && !join.unknown()) {
      ConsumerMember own = knownStatic(group, join.memberId(), join.instanceId());
      return new Admitted(group, own, false);
    }
    ConsumerMember existing =
        join.instanceId() == null ? null : group.staticMember(join.instanceId());
    if (existing != null) {
      return replaced(group, existing, join.memberId(), true);
    }
    ConsumerMember known = group.member(join.memberId());
    return new Admitted(
        group, known == null ? ConsumerMember.named(join.memberId()) : known, false);
  }

  private Admitted dynamic(ConsumerGroup group, Heartbeat beat) throws Refused {
    ConsumerMember member = group.member(beat.memberId());
    if (member == null && beat.joins()) {
      member = ConsumerMember.named(beat.memberId());
    }
    if (member == null && defects.has(Defect.EVICTED_MEMBER_KEPT)) {
      return new Admitted(group, null, true);
    }
    if (member == null) {
      throw unknown(group, beat.memberId());
    }
    checkEpoch(member, beat);
    return new Admitted(group, member, false);
  }

  private Admitted fixed(ConsumerGroup group, Heartbeat beat) throws Refused {
    ConsumerMember existing = group.staticMember(beat.instanceId());
    if (!beat.joins()) {
      ConsumerMember member = knownStatic(group, beat.memberId(), beat.instanceId());
      checkEpoch(member, beat);
      return new Admitted(group, member, false);
    }
    if (existing == null) {
      return dynamic(group, beat);
    }
    boolean released = existing.classic() || existing.epoch() == Heartbeat.LEAVES_FOR_A_WHILE;
    if (!released && !defects.has(Defect.STATIC_MEMBER_NOT_FENCED)) {
      throw new Refused(
          Errors.UNRELEASED_INSTANCE_ID,
          "Static member "
              + beat.memberId()
              + " with instance id "
              + beat.instanceId()
              + " cannot join the group because the instance id is owned by "
              + existing.id()
              + " member.");
    }
    return replaced(group, existing, beat.memberId(), released);
  }

  /** The new member has what the old one had, and begins in epoch 0. */
  private static Admitted replaced(
      ConsumerGroup group, ConsumerMember old, String memberId, boolean released) {
    CurrentAssignment current = old.current();
    ConsumerMember member =
        new ConsumerMember(
            memberId,
            old.subscription(),
            new CurrentAssignment(0, 0, current.state(), current.assigned(), current.revoking()));
    SortedSet<IdPartition> target = group.targetOf(old.id());
    ConsumerGroup rest = released ? group.without(old.id()) : group;
    return new Admitted(rest.with(member).withTarget(memberId, target), member, false);
  }

  /**
   * The epoch must be the member's own. The one before is accepted too if the member owns nothing
   * that it is not to own: the answer with the new epoch was lost. Epoch 0 joins again.
   */
  private static void checkEpoch(ConsumerMember member, Heartbeat beat) throws Refused {
    CurrentAssignment current = member.current();
    boolean answerLost =
        beat.epoch() == current.previousEpoch()
            && beat.epoch() < current.epoch()
            && beat.owned() != null
            && current.assigned().keySet().containsAll(beat.owned());
    if (!beat.joins() && beat.epoch() != current.epoch() && !answerLost) {
      throw new Refused(
          Errors.FENCED_MEMBER_EPOCH,
          "The consumer group member has a "
              + (beat.epoch() > current.epoch() ? "greater" : "smaller")
              + " member epoch ("
              + beat.epoch()
              + ") than the one known by the group coordinator ("
              + current.epoch()
              + "). The member must abandon all its partitions and rejoin.");
    }
  }

  ConsumerMember known(ConsumerGroup group, String memberId) throws Refused {
    ConsumerMember member = group.member(memberId);
    if (member == null) {
      throw unknown(group, memberId);
    }
    return member;
  }

  ConsumerMember knownStatic(ConsumerGroup group, String memberId, String instanceId)
      throws Refused {
    ConsumerMember own = group.member(memberId);
    if (defects.has(Defect.STATIC_MEMBER_NOT_FENCED) && own != null) {
      return own;
    }
    ConsumerMember member = ofInstance(group, instanceId);
    if (!member.id().equals(memberId)) {
      throw new Refused(
          Errors.FENCED_INSTANCE_ID,
          "Static member "
              + memberId
              + " with instance id "
              + instanceId
              + " was fenced by member "
              + member.id()
              + ".");
    }
    return member;
  }

  ConsumerMember ofInstance(ConsumerGroup group, String instanceId) throws Refused {
    ConsumerMember member = group.staticMember(instanceId);
    if (member == null) {
      throw new Refused(Errors.UNKNOWN_MEMBER_ID, "Instance id " + instanceId + " is unknown.");
    }
    return member;
  }

  private static Refused unknown(ConsumerGroup group, String memberId) {
    return new Refused(
        Errors.UNKNOWN_MEMBER_ID,
        "Member " + memberId + " is not a member of group " + group.id() + ".");
  }
}
