package dev.trial.broker.group;

import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.group.consumer.GroupProtocol;
import dev.trial.broker.wire.RequestContext;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.protocol.Errors;

/** JoinGroup: who may join, under which id, and whether it makes the group rebalance. */
final class Joining {

  /** JoinGroup v4: a dynamic member learns its id first and then joins with it (KIP-394). */
  private static final int MEMBER_ID_REQUIRED_SINCE = 4;

  /** JoinGroup v9: a leader that returns within the generation may skip assigning (KIP-814). */
  private static final int SKIP_ASSIGNMENT_SINCE = 9;

  /** How long a new member may wait for its first join to end: five minutes, as in Kafka. */
  private static final int NEW_MEMBER_TIMEOUT_MS = 5 * 60 * 1000;

  private final Shard shard;
  private final Rebalance rebalance;
  private final ClassicMembership classicMembers;
  private final RandomStream random;

  /**
   * @param classicMembers joins those that come to a consumer group
   */
  Joining(Shard shard, Rebalance rebalance, ClassicMembership classicMembers) {
    this.shard = shard;
    this.rebalance = rebalance;
    this.classicMembers = classicMembers;
    this.random = shard.host().random("group-member-ids");
  }

  /** One request to join, with all that is needed to serve it. */
  private record Join(
      ClassicGroup group,
      JoinGroupRequestData asked,
      List<GroupProtocol> protocols,
      RequestContext context,
      Consumer<JoinGroupResponseData> answer) {

    void refuse(Errors error) {
      answer.accept(Rebalance.refusedJoin(asked.memberId(), error));
    }
  }

  void join(
      RequestContext context, JoinGroupRequestData asked, Consumer<JoinGroupResponseData> answer) {
    ConsumerGroup consumers = shard.consumers().newest(asked.groupId());
    if (consumers == null) {
      joinClassic(context, asked, answer);
    } else if (consumers.isEmpty()) {
      replaceByClassic(consumers, context, asked, answer);
    } else {
      boolean tellsId = context.version() >= MEMBER_ID_REQUIRED_SINCE;
      classicMembers.join(consumers, context, asked, freshId(asked), tellsId, answer);
    }
  }

  /** An empty consumer group gives way to a classic one; its offsets stay. */
  private void replaceByClassic(
      ConsumerGroup consumers,
      RequestContext context,
      JoinGroupRequestData asked,
      Consumer<JoinGroupResponseData> answer) {
    Errors[] refused = {Errors.NONE};
    boolean[] underWay = {true};
    shard
        .consumers()
        .delete(
            consumers,
            error -> {
              if (underWay[0]) {
                refused[0] = error;
              }
            });
    underWay[0] = false;
    if (refused[0] == Errors.NONE) {
      joinClassic(context, asked, answer);
    } else {
      answer.accept(Rebalance.refusedJoin(asked.memberId(), Shard.toCoordinatorError(refused[0])));
    }
  }

  /** A consumer group's coordinator makes ids as consumers do (KIP-848). */
  private String freshId(JoinGroupRequestData asked) {
    return asked.memberId().isEmpty()
        ? new Uuid(random.nextLong(), random.nextLong()).toString()
        : asked.memberId();
  }

  private void joinClassic(
      RequestContext context, JoinGroupRequestData asked, Consumer<JoinGroupResponseData> answer) {
    boolean unknown = asked.memberId().isEmpty();
    ClassicGroup known = shard.group(asked.groupId());
    if (known == null && !unknown) {
      answer.accept(Rebalance.refusedJoin(asked.memberId(), Errors.UNKNOWN_MEMBER_ID));
      return;
    }
    ClassicGroup group = shard.groupOrNew(asked.groupId());
    Join join = new Join(group, asked, protocols(asked), context, answer);
    if (!accepts(group, asked.memberId())) {
      group.remove(asked.memberId());
      answer.accept(Rebalance.refusedJoin("", Errors.GROUP_MAX_SIZE_REACHED));
    } else if (group.is(GroupState.DEAD)) {
      join.refuse(Errors.COORDINATOR_NOT_AVAILABLE);
    } else if (!group.supports(asked.protocolType(), join.protocols())) {
      join.refuse(Errors.INCONSISTENT_GROUP_PROTOCOL);
    } else if (unknown) {
      joinNew(join);
    } else {
      joinKnown(join);
    }
  }

  private static List<GroupProtocol> protocols(JoinGroupRequestData asked) {
    List<GroupProtocol> protocols = new ArrayList<>(asked.protocols().size());
    asked
        .protocols()
        .forEach(offered -> protocols.add(new GroupProtocol(offered.name(), offered.metadata())));
    return protocols;
  }

  /** group.max.size (KIP-389). */
  private boolean accepts(ClassicGroup group, String memberId) {
    int most = shard.settings().maxSize();
    return switch (group.state()) {
      case EMPTY, DEAD -> true;
      case PREPARING_REBALANCE ->
          (group.has(memberId) && group.member(memberId).awaitsJoin())
              || group.awaitingJoin() < most;
      case COMPLETING_REBALANCE, STABLE -> group.has(memberId) || group.size() < most;
    };
  }

  // ---- without a member id

  private void joinNew(Join join) {
    String instanceId = join.asked().groupInstanceId();
    String prefix = instanceId != null ? instanceId : join.context().clientId();
    String newId = prefix + "-" + uuid();
    if (instanceId != null) {
      String oldId = join.group().staticMember(instanceId);
      if (oldId != null) {
        staticMemberReturns(join, oldId, newId);
      } else {
        addAndRebalance(join, newId);
      }
    } else if (join.context().version() >= MEMBER_ID_REQUIRED_SINCE) {
      tellMemberId(join, newId);
    } else {
      addAndRebalance(join, newId);
    }
  }

  /** A version 4 UUID in its usual spelling, from the host's own random stream. */
  private String uuid() {
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new java.util.UUID(high, low).toString();
  }

  private void tellMemberId(Join join, String newId) {
    ClassicGroup group = join.group();
    group.expectJoin(
        newId,
        shard
            .host()
            .timers()
            .after(
                join.asked().sessionTimeoutMs(), () -> rebalance.expirePendingJoin(group, newId)));
    join.answer().accept(Rebalance.refusedJoin(newId, Errors.MEMBER_ID_REQUIRED));
  }

  private void addAndRebalance(Join join, String memberId) {
    ClassicGroup group = join.group();
    JoinGroupRequestData asked = join.asked();
    Member member =
        new Member(
            memberId,
            asked.groupInstanceId(),
            join.context().clientId(),
            "/" + join.context().remoteHost(),
            asked.protocolType(),
            join.protocols(),
            rebalanceTimeoutMs(asked),
            asked.sessionTimeoutMs());
    member.fresh(true);
    if (group.is(GroupState.PREPARING_REBALANCE) && group.previousState() == GroupState.EMPTY) {
      group.memberJoinedMeanwhile(true);
    }
    group.add(member, join.answer());
    rebalance.startSession(group, member, NEW_MEMBER_TIMEOUT_MS);
    rebalance.prepareOrContinue(group);
  }

  /** JoinGroup v0 has no rebalance timeout: the session timeout stands for it. */
  private static int rebalanceTimeoutMs(JoinGroupRequestData asked) {
    return asked.rebalanceTimeoutMs() < 0 ? asked.sessionTimeoutMs() : asked.rebalanceTimeoutMs();
  }

  // ---- a static member that lost its id (KIP-345)

  private void staticMemberReturns(Join join, String oldId, String newId) {
    ClassicGroup group = join.group();
    String leaderBefore = group.leader();
    Member member = group.replaceStatic(join.asked().groupInstanceId(), oldId, newId);
    rebalance.restartSession(group, member);
    List<GroupProtocol> oldProtocols = member.protocols();
    int oldRebalanceMs = member.rebalanceTimeoutMs();
    int oldSessionMs = member.sessionTimeoutMs();
    update(join, member);
    switch (group.state()) {
      case STABLE -> {
        if (!group.electProtocol().equals(group.protocol())) {
          rebalance.prepareOrContinue(group);
          return;
        }
        Runnable undo =
            () -> {
              member.update(oldProtocols, oldRebalanceMs, oldSessionMs);
              member.awaitJoin(null);
              undoReturn(group, member, oldId);
            };
        keepGeneration(join, member, leaderBefore, undo);
      }
      case COMPLETING_REBALANCE -> rebalance.prepare(group);
      case PREPARING_REBALANCE -> rebalance.continueJoinPhase(group);
      case EMPTY, DEAD ->
          throw new IllegalStateException("a static member in a group that is " + group.state());
    }
  }

  private void undoReturn(ClassicGroup group, Member member, String oldId) {
    if (group.member(member.id()) == member) {
      Member old = group.replaceStatic(member.instanceId(), member.id(), oldId);
      rebalance.restartSession(group, old);
    }
  }

  /** Same subscriptions: the generation goes on, only the new id is stored. */
  private void keepGeneration(Join join, Member member, String leaderBefore, Runnable undo) {
    ClassicGroup group = join.group();
    Map<String, byte[]> assignments = Rebalance.assignments(group);
    shard.append(
        List.of(Rebalance.record(group, assignments)),
        () -> {},
        error -> {
          if (error != Errors.NONE && !member.awaitsJoin()) {
            undo.run(); // it was answered when the group changed its type or its coordinator
          } else if (error != Errors.NONE) {
            undo.run();
            join.answer().accept(Rebalance.refusedJoin("", Shard.toCoordinatorError(error)));
          } else if (join.context().version() >= SKIP_ASSIGNMENT_SINCE) {
            boolean leads = group.isLeader(member.id());
            member.completeJoin(Rebalance.joined(group, member.id(), leads, leads));
          } else {
            member.completeJoin(
                Rebalance.joined(group, member.id(), false, false).setLeader(leaderBefore));
          }
        });
  }

  // ---- with a member id

  private void joinKnown(Join join) {
    ClassicGroup group = join.group();
    String memberId = join.asked().memberId();
    if (group.isPendingJoin(memberId)) {
      addAndRebalance(join, memberId);
      return;
    }
    Errors invalid = group.validateMember(memberId, join.asked().groupInstanceId());
    if (invalid != Errors.NONE) {
      join.refuse(invalid);
      return;
    }
    Member member = group.member(memberId);
    switch (group.state()) {
      case PREPARING_REBALANCE -> updateAndRebalance(join, member);
      case COMPLETING_REBALANCE -> {
        if (member.matches(join.protocols())) {
          answerCurrent(join, group.isLeader(memberId));
        } else {
          updateAndRebalance(join, member);
        }
      }
      case STABLE -> {
        if (group.isLeader(memberId) || !member.matches(join.protocols())) {
          updateAndRebalance(join, member);
        } else {
          answerCurrent(join, false);
        }
      }
      case EMPTY, DEAD -> join.refuse(Errors.UNKNOWN_MEMBER_ID);
    }
  }

  /** The member missed the answer of the current generation: it is told again. */
  private void answerCurrent(Join join, boolean withMembers) {
    join.answer()
        .accept(Rebalance.joined(join.group(), join.asked().memberId(), withMembers, false));
  }

  private void updateAndRebalance(Join join, Member member) {
    update(join, member);
    rebalance.prepareOrContinue(join.group());
  }

  private static void update(Join join, Member member) {
    JoinGroupRequestData asked = join.asked();
    member.update(join.protocols(), rebalanceTimeoutMs(asked), asked.sessionTimeoutMs());
    member.awaitJoin(join.answer());
  }
}
