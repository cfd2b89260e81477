package dev.trial.broker.group;

import dev.trial.broker.defect.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;

/**
 * The phases of a rebalance of the classic protocol: wait for joins, close the join phase, wait for
 * the leader's assignment, hand it out; and the timers that end each phase (KIP-62, KIP-134).
 */
final class Rebalance {
  private final Shard shard;

  Rebalance(Shard shard) {
    this.shard = shard;
  }

  // ---- join phase

  /** Something of the group changed: begin a rebalance, or go on with the running one. */
  void prepareOrContinue(ClassicGroup group) {
    if (group.canRebalance()) {
      prepare(group);
    } else {
      continueJoinPhase(group);
    }
  }

  void prepare(ClassicGroup group) {
    if (group.is(GroupState.COMPLETING_REBALANCE)) {
      group.members().forEach(member -> member.assignment(Member.NO_BYTES));
      propagate(group, Errors.REBALANCE_IN_PROGRESS);
    }
    group.expectNoSync();
    boolean first = group.is(GroupState.EMPTY);
    group.become(GroupState.PREPARING_REBALANCE, shard.epochMs());
    if (first) {
      int delayMs = shard.settings().initialRebalanceDelayMs();
      waitForFirstMembers(group, delayMs, Math.max(group.rebalanceTimeoutMs() - delayMs, 0));
    } else if (group.allJoined()) {
      completeJoin(group);
    } else {
      scheduleJoinEnd(group);
    }
  }

  /** group.initial.rebalance.delay.ms begins anew for each member that comes (KIP-134). */
  private void waitForFirstMembers(ClassicGroup group, int delayMs, int remainingMs) {
    group.joinTimer(
        shard
            .host()
            .timers()
            .after(
                delayMs,
                () -> {
                  if (group.memberJoinedMeanwhile() && remainingMs != 0) {
                    group.memberJoinedMeanwhile(false);
                    int nextMs = Math.min(shard.settings().initialRebalanceDelayMs(), remainingMs);
                    waitForFirstMembers(group, nextMs, Math.max(remainingMs - delayMs, 0));
                  } else {
                    completeJoin(group);
                  }
                }));
  }

  private void scheduleJoinEnd(ClassicGroup group) {
    group.joinTimer(
        shard.host().timers().after(group.rebalanceTimeoutMs(), () -> completeJoin(group)));
  }

  /** The initial wait is left to its timer; any other ends when the last member has joined. */
  void continueJoinPhase(ClassicGroup group) {
    if (group.is(GroupState.PREPARING_REBALANCE)
        && group.previousState() != GroupState.EMPTY
        && group.allJoined()) {
      completeJoin(group);
    }
  }

  /** Ends the join phase: who did not come is out, except static members (KIP-345). */
  void completeJoin(ClassicGroup group) {
    group.joinTimer(null);
    if (group.is(GroupState.DEAD)) {
      return;
    }
    group.dynamicMembersNotJoined().forEach(member -> group.remove(member.id()));
    if (!group.electJoinedLeader() && group.size() > 0) {
      scheduleJoinEnd(group);
      return;
    }
    group.nextGeneration(shard.epochMs());
    if (group.is(GroupState.EMPTY)) {
      shard.append(List.of(record(group, Map.of())), () -> {}, error -> {});
      return;
    }
    answerJoins(group);
    int generation = group.generation();
    group.syncTimer(
        shard
            .host()
            .timers()
            .after(group.rebalanceTimeoutMs(), () -> expireSyncs(group, generation)));
  }

  private void answerJoins(ClassicGroup group) {
    for (Member member : new ArrayList<>(group.members())) {
      member.completeJoin(joined(group, member.id(), group.isLeader(member.id()), false));
      restartSession(group, member);
      member.fresh(false);
      group.expectSync(member.id());
    }
  }

  static JoinGroupResponseData joined(
      ClassicGroup group, String memberId, boolean withMembers, boolean skipAssignment) {
    return new JoinGroupResponseData()
        .setMemberId(memberId)
        .setGenerationId(group.generation())
        .setProtocolType(group.protocolType())
        .setProtocolName(group.protocol())
        .setLeader(group.leader())
        .setSkipAssignment(skipAssignment)
        .setMembers(withMembers ? group.membersForLeader() : List.of());
  }

  // ---- sync phase

  /** The leader's assignment is committed: every member that waits gets its part. */
  void assign(ClassicGroup group, Map<String, byte[]> assignment) {
    boolean same = shard.defects().has(Defect.PARTITION_OF_TWO_MEMBERS);
    for (Member member : group.members()) {
      String whose = same ? group.leader() : member.id();
      member.assignment(assignment.getOrDefault(whose, Member.NO_BYTES));
    }
    propagate(group, Errors.NONE);
    group.become(GroupState.STABLE, shard.epochMs());
  }

  /** The assignment could not be stored: everybody has to begin again. */
  void assignmentFailed(ClassicGroup group, Errors error) {
    group.members().forEach(member -> member.assignment(Member.NO_BYTES));
    propagate(group, error);
    prepareOrContinue(group);
  }

  private void propagate(ClassicGroup group, Errors error) {
    boolean assigned = error == Errors.NONE;
    for (Member member : new ArrayList<>(group.members())) {
      SyncGroupResponseData response =
          new SyncGroupResponseData()
              .setErrorCode(error.code())
              .setProtocolType(assigned ? group.protocolType() : null)
              .setProtocolName(assigned ? group.protocol() : null)
              .setAssignment(member.assignment());
      if (member.completeSync(response)) {
        restartSession(group, member);
      }
    }
  }

  /** Members that joined but never synced are out (KAFKA-12487 and around). */
  private void expireSyncs(ClassicGroup group, int generation) {
    boolean waits = group.is(GroupState.COMPLETING_REBALANCE) || group.is(GroupState.STABLE);
    if (generation != group.generation() || !waits || group.missingSyncs().isEmpty()) {
      return;
    }
    group.missingSyncs().forEach(group::remove);
    prepare(group);
  }

  // ---- sessions

  void restartSession(ClassicGroup group, Member member) {
    startSession(group, member, member.sessionTimeoutMs());
  }

  void startSession(ClassicGroup group, Member member, int timeoutMs) {
    member.session(
        shard.host().timers().after(timeoutMs, () -> expireSession(group, member, timeoutMs)));
  }

  private void expireSession(ClassicGroup group, Member member, int timeoutMs) {
    if (group.is(GroupState.DEAD) || group.member(member.id()) != member) {
      return;
    }
    if (alive(member)) {
      return;
    }
    member.completeJoin(refusedJoin("", Errors.UNKNOWN_MEMBER_ID));
    group.remove(member.id());
    memberGone(group);
  }

  /** A member that waits for an answer cannot heartbeat; a new one is given its own timeout. */
  private static boolean alive(Member member) {
    return !member.fresh() && (member.awaitsJoin() || member.awaitsSync());
  }

  /** A member was removed: rebalance if it took part in the current generation. */
  void memberGone(ClassicGroup group) {
    switch (group.state()) {
      case STABLE, COMPLETING_REBALANCE -> prepareOrContinue(group);
      case PREPARING_REBALANCE -> {
        if (group.allJoined()) {
          completeJoin(group);
        }
      }
      case EMPTY, DEAD -> {}
    }
  }

  /** A member that was told its id never joined with it. */
  void expirePendingJoin(ClassicGroup group, String memberId) {
    if (!group.isPendingJoin(memberId)) {
      return;
    }
    group.remove(memberId);
    if (group.is(GroupState.PREPARING_REBALANCE) && group.allJoined()) {
      completeJoin(group);
    }
  }

  static JoinGroupResponseData refusedJoin(String memberId, Errors error) {
    return new JoinGroupResponseData()
        .setMemberId(memberId)
        .setErrorCode(error.code())
        .setProtocolType(null)
        .setProtocolName(null);
  }

  static SyncGroupResponseData refusedSync(Errors error) {
    return new SyncGroupResponseData()
        .setErrorCode(error.code())
        .setProtocolType(null)
        .setProtocolName(null);
  }

  // ---- what the log keeps

  /** The group as its record keeps it, with the given assignment. */
  static StateRecord record(ClassicGroup group, Map<String, byte[]> assignment) {
    List<GroupMetadata.MemberMetadata> members = new ArrayList<>(group.size());
    for (Member member : group.members()) {
      members.add(
          new GroupMetadata.MemberMetadata(
              member.id(),
              member.instanceId(),
              member.clientId(),
              member.clientHost(),
              member.rebalanceTimeoutMs(),
              member.sessionTimeoutMs(),
              member.metadata(group.protocol()),
              assignment.getOrDefault(member.id(), Member.NO_BYTES)));
    }
    String type = group.protocolType() == null ? "" : group.protocolType();
    return new StateRecord.Group(
        group.id(),
        new GroupMetadata(
            type,
            group.generation(),
            group.protocol(),
            group.leader(),
            group.stateSinceEpochMs(),
            members));
  }

  /** The members' current assignments. */
  static Map<String, byte[]> assignments(ClassicGroup group) {
    Map<String, byte[]> all = new TreeMap<>();
    group.members().forEach(member -> all.put(member.id(), member.assignment()));
    return all;
  }
}
