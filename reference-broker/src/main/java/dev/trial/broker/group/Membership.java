package dev.trial.broker.group;

import dev.trial.broker.group.consumer.ConsumerGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupResponseData.MemberResponse;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;

/** SyncGroup, Heartbeat and LeaveGroup: what a member does once it has joined. */
final class Membership {
  private final Shard shard;
  private final Rebalance rebalance;
  private final ClassicMembership classicMembers;

  /**
   * @param classicMembers serves those that are in a consumer group
   */
  Membership(Shard shard, Rebalance rebalance, ClassicMembership classicMembers) {
    this.shard = shard;
    this.rebalance = rebalance;
    this.classicMembers = classicMembers;
  }

  // ---- sync

  void sync(SyncGroupRequestData asked, Consumer<SyncGroupResponseData> answer) {
    ConsumerGroup consumers = shard.consumers().newest(asked.groupId());
    if (consumers != null) {
      classicMembers.sync(consumers, asked, answer);
      return;
    }
    ClassicGroup group = shard.group(asked.groupId());
    Errors invalid = group == null ? Errors.UNKNOWN_MEMBER_ID : validate(group, asked);
    if (invalid == Errors.NONE && group.is(GroupState.PREPARING_REBALANCE)) {
      invalid = Errors.REBALANCE_IN_PROGRESS;
    }
    if (invalid != Errors.NONE) {
      answer.accept(new SyncGroupResponseData().setErrorCode(invalid.code()));
      return;
    }
    Member member = group.member(asked.memberId());
    if (group.synced(member.id())) {
      group.expectNoSync();
    }
    if (group.is(GroupState.STABLE)) {
      answer.accept(
          new SyncGroupResponseData()
              .setProtocolType(group.protocolType())
              .setProtocolName(group.protocol())
              .setAssignment(member.assignment()));
      return;
    }
    member.awaitSync(answer);
    if (group.isLeader(member.id())) {
      storeAssignment(group, asked);
    }
  }

  private static Errors validate(ClassicGroup group, SyncGroupRequestData asked) {
    if (group.is(GroupState.DEAD)) {
      return Errors.COORDINATOR_NOT_AVAILABLE;
    }
    Errors invalid = group.validateMember(asked.memberId(), asked.groupInstanceId());
    if (invalid != Errors.NONE) {
      return invalid;
    }
    if (asked.generationId() != group.generation()) {
      return Errors.ILLEGAL_GENERATION;
    }
    boolean consistent =
        agrees(asked.protocolType(), group.protocolType())
            && agrees(asked.protocolName(), group.protocol());
    return group.is(GroupState.EMPTY)
        ? Errors.UNKNOWN_MEMBER_ID
        : consistent ? Errors.NONE : Errors.INCONSISTENT_GROUP_PROTOCOL;
  }

  /** Protocol type and name are checked when the member tells them (v5, KIP-559). */
  private static boolean agrees(String told, String current) {
    return told == null || told.equals(current);
  }

  private void storeAssignment(ClassicGroup group, SyncGroupRequestData asked) {
    Map<String, byte[]> assignment = new TreeMap<>();
    group.members().forEach(member -> assignment.put(member.id(), Member.NO_BYTES));
    asked.assignments().forEach(part -> assignment.put(part.memberId(), part.assignment()));
    int generation = group.generation();
    shard.append(
        List.of(Rebalance.record(group, assignment)),
        () -> {},
        error -> {
          if (!group.is(GroupState.COMPLETING_REBALANCE) || generation != group.generation()) {
            return;
          }
          if (error == Errors.NONE) {
            rebalance.assign(group, assignment);
          } else {
            rebalance.assignmentFailed(group, Shard.toCoordinatorError(error));
          }
        });
  }

  // ---- heartbeat

  void heartbeat(HeartbeatRequestData asked, Consumer<HeartbeatResponseData> answer) {
    ConsumerGroup consumers = shard.consumers().newest(asked.groupId());
    if (consumers != null) {
      classicMembers.heartbeat(consumers, asked, answer);
    } else {
      answer.accept(new HeartbeatResponseData().setErrorCode(heartbeatError(asked).code()));
    }
  }

  private Errors heartbeatError(HeartbeatRequestData asked) {
    ClassicGroup group = shard.group(asked.groupId());
    if (group == null) {
      return Errors.UNKNOWN_MEMBER_ID;
    }
    if (group.is(GroupState.DEAD)) {
      return Errors.COORDINATOR_NOT_AVAILABLE;
    }
    Errors invalid = group.validateMember(asked.memberId(), asked.groupInstanceId());
    if (invalid != Errors.NONE) {
      return invalid;
    }
    if (asked.generationId() != group.generation()) {
      return Errors.ILLEGAL_GENERATION;
    }
    return switch (group.state()) {
      case EMPTY -> Errors.UNKNOWN_MEMBER_ID;
      case PREPARING_REBALANCE -> {
        rebalance.restartSession(group, group.member(asked.memberId()));
        yield Errors.REBALANCE_IN_PROGRESS;
      }
      case COMPLETING_REBALANCE, STABLE -> {
        rebalance.restartSession(group, group.member(asked.memberId()));
        yield Errors.NONE;
      }
      case DEAD -> Errors.COORDINATOR_NOT_AVAILABLE;
    };
  }

  // ---- leave

  /** {@code members} are one or, from v3 on, several (KIP-345). */
  LeaveGroupResponseData leave(LeaveGroupRequestData asked, List<MemberIdentity> members) {
    ClassicGroup group = shard.group(asked.groupId());
    if (group != null && group.is(GroupState.DEAD)) {
      return new LeaveGroupResponseData().setErrorCode(Errors.COORDINATOR_NOT_AVAILABLE.code());
    }
    List<MemberResponse> responses = new ArrayList<>(members.size());
    boolean left = false;
    for (MemberIdentity member : members) {
      Errors error = group == null ? Errors.UNKNOWN_MEMBER_ID : leave(group, member);
      left |= error == Errors.NONE;
      responses.add(
          new MemberResponse()
              .setMemberId(member.memberId())
              .setGroupInstanceId(member.groupInstanceId())
              .setErrorCode(error.code()));
    }
    if (left) {
      membersLeft(group);
    }
    return new LeaveGroupResponseData().setMembers(responses);
  }

  private static Errors leave(ClassicGroup group, MemberIdentity leaving) {
    if (leaving.memberId().isEmpty()) {
      String instanceId = leaving.groupInstanceId();
      String current = instanceId == null ? null : group.staticMember(instanceId);
      return current == null ? Errors.UNKNOWN_MEMBER_ID : remove(group, current);
    }
    if (group.isPendingJoin(leaving.memberId())) {
      group.remove(leaving.memberId());
      return Errors.NONE;
    }
    Errors invalid = group.validateMember(leaving.memberId(), leaving.groupInstanceId());
    return invalid == Errors.NONE ? remove(group, leaving.memberId()) : invalid;
  }

  private static Errors remove(ClassicGroup group, String memberId) {
    group.member(memberId).completeJoin(Rebalance.refusedJoin("", Errors.UNKNOWN_MEMBER_ID));
    group.remove(memberId);
    return Errors.NONE;
  }

  private void membersLeft(ClassicGroup group) {
    switch (group.state()) {
      case STABLE, COMPLETING_REBALANCE -> rebalance.prepareOrContinue(group);
      case PREPARING_REBALANCE -> rebalance.continueJoinPhase(group);
      case EMPTY, DEAD -> {}
    }
  }
}
