package dev.trial.broker.group.consumer;

import org.apache.kafka.common.protocol.Errors;

/**
 * What members of the classic protocol may ask of a consumer group, and when they have to join
 * again (KIP-848; the classicGroup…ToConsumerGroup methods of Kafka's GroupMetadataManager). Their
 * generation is their member epoch.
 */
public final class ClassicRules {
  private static final String CONSUMER = "consumer";

  private final Admission admission;

  ClassicRules(Admission admission) {
    this.admission = admission;
  }

  /** Whether a member with these protocols can be in the group at all. */
  public void checkJoin(
      ConsumerGroup group, String memberId, String protocolType, ClassicTerms terms)
      throws Refused {
    admission.checkRoom(group, memberId);
    boolean shared =
        terms.protocols().stream()
            .anyMatch(
                offered ->
                    group.members().values().stream()
                        .filter(ConsumerMember::classic)
                        .allMatch(member -> member.terms().supports(offered.name())));
    if (!CONSUMER.equals(protocolType) || !shared) {
      throw new Refused(
          Errors.INCONSISTENT_GROUP_PROTOCOL,
          "Member " + memberId + "'s protocols are not supported.");
    }
  }

  /** The classic member that asks in this generation. */
  public ConsumerMember member(
      ConsumerGroup group, String memberId, String instanceId, int generation) throws Refused {
    ConsumerMember member =
        instanceId == null
            ? admission.known(group, memberId)
            : admission.knownStatic(group, memberId, instanceId);
    if (!member.classic()) {
      throw new Refused(
          Errors.UNKNOWN_MEMBER_ID, "Member " + memberId + " does not use the classic protocol.");
    }
    if (member.epoch() != generation) {
      throw new Refused(
          Errors.ILLEGAL_GENERATION,
          "The request generation id %d is not equal to the member epoch %d of member %s."
              .formatted(generation, member.epoch(), memberId));
    }
    return member;
  }

  /** Type and name of the protocol are those of the answer to its join, if it tells them. */
  public void checkProtocol(ConsumerMember member, String type, String name) throws Refused {
    boolean agrees =
        (type == null || type.equals(CONSUMER))
            && (name == null || name.equals(member.terms().preferred().name()));
    if (!agrees) {
      throw new Refused(
          Errors.INCONSISTENT_GROUP_PROTOCOL,
          "Member " + member.id() + " was told another protocol when it joined.");
    }
  }

  /**
   * True if a member that syncs has to join again first: there is a newer target. One that has to
   * give up partitions has joined for it already.
   */
  public boolean outdated(ConsumerGroup group, ConsumerMember member) {
    return group.assignmentEpoch() > member.epoch()
        && member.current().state() != MemberState.UNREVOKED_PARTITIONS;
  }

  /**
   * True if a member that sends a heartbeat has to join again: to catch up with the target, to tell
   * that it gave partitions up, or to get those that others have given up.
   */
  public boolean mustRejoin(ConsumerGroup group, ConsumerMember member) {
    return switch (member.current().state()) {
      case UNREVOKED_PARTITIONS -> true;
      case UNRELEASED_PARTITIONS ->
          member.epoch() < group.assignmentEpoch() || !group.waitsForOthers(member);
      case STABLE -> member.epoch() < group.assignmentEpoch();
    };
  }
}
