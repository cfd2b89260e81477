package dev.trial.broker.group;

import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.group.consumer.ConsumerMember;
import dev.trial.broker.group.consumer.CurrentAssignment;
import dev.trial.broker.group.consumer.GroupRules;
import dev.trial.broker.group.consumer.Heartbeat;
import dev.trial.broker.group.consumer.MemberState;
import dev.trial.broker.group.consumer.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupResponseData.MemberResponse;
import org.apache.kafka.common.protocol.Errors;

/** What members of consumer groups do (KIP-848), and the timers that end their membership. */
final class ConsumerMembership {

  /** Kafka's coordinator tries again after so long to write what a timer demands. */
  private static final long RETRY_MS = 500;

  private final Shard shard;
  private final GroupRules rules;
  private final ToIntFunction<String> sessionTimeoutMs;
  private final MemberTimers sessions;
  private final MemberTimers rebalances;

  /**
   * @param sessionTimeoutMs of a group by its id, asked at each heartbeat
   */
  ConsumerMembership(Shard shard, GroupRules rules, ToIntFunction<String> sessionTimeoutMs) {
    this.shard = shard;
    this.sessionTimeoutMs = sessionTimeoutMs;
    this.rules = rules;
    this.sessions = new MemberTimers(shard.host().timers());
    this.rebalances = new MemberTimers(shard.host().timers());
  }

  /** How a heartbeat ended. */
  record Answer(Errors error, String message, GroupRules.Outcome outcome) {
    static Answer refused(Errors error, String message) {
      return new Answer(error, message, null);
    }
  }

  void heartbeat(String groupId, Heartbeat beat, Consumer<Answer> answer) {
    try {
      if (beat.epoch() == Heartbeat.LEAVES || beat.epoch() == Heartbeat.LEAVES_FOR_A_WHILE) {
        leave(existing(groupId), beat, answer);
      } else {
        stay(groupId, beat, answer);
      }
    } catch (Refused refused) {
      answer.accept(Answer.refused(refused.error(), refused.getMessage()));
    }
  }

  private ConsumerGroup existing(String groupId) throws Refused {
    ConsumerGroup group = shard.consumers().newest(groupId);
    if (group == null) {
      throw Refused.noGroup(groupId);
    }
    return group;
  }

  /** Who joins makes the group, also in the place of an empty classic one. */
  private ConsumerGroup existingOrNew(String groupId, Heartbeat beat) throws Refused {
    ConsumerGroup group = shard.consumers().newest(groupId);
    ClassicGroup classic = shard.group(groupId);
    boolean creates = beat.epoch() == 0 && (classic == null || classic.is(GroupState.EMPTY));
    if (group == null && !creates) {
      throw Refused.noGroup(groupId);
    }
    return group == null ? ConsumerGroup.named(groupId) : group;
  }

  private void stay(String groupId, Heartbeat beat, Consumer<Answer> answer) throws Refused {
    ConsumerGroup before = existingOrNew(groupId, beat);
    GroupRules.Outcome outcome = rules.heartbeat(before, beat, shard.epochMs());
    ConsumerGroup after = outcome.group();
    ClassicGroup classic = shard.group(groupId);
    List<StateRecord> records = new ArrayList<>();
    if (classic != null) {
      records.add(new StateRecord.Group(groupId, null));
    }
    records.addAll(ConsumerGroups.difference(before, after));
    write(
        after,
        records,
        error -> {
          Errors told = Shard.toCoordinatorError(error);
          answer.accept(
              told == Errors.NONE
                  ? new Answer(told, null, outcome)
                  : Answer.refused(told, told.message()));
        });
    ConsumerMember member = after.member(outcome.memberId());
    if (member != null) {
      restartSession(groupId, member.id());
      boundRevocation(before, after, member);
    }
  }

  /** A change without records tells nothing new, but must not overtake those on their way. */
  private void write(ConsumerGroup after, List<StateRecord> records, Consumer<Errors> answer) {
    if (records.isEmpty()) {
      shard.whenSettled(
          () -> answer.accept(shard.closed() ? Errors.NOT_LEADER_OR_FOLLOWER : Errors.NONE));
      return;
    }
    ClassicGroup classic = shard.groups().remove(after.id());
    boolean[] refused = {false};
    shard
        .consumers()
        .write(
            after.id(),
            after,
            records,
            () -> {},
            error -> {
              refused[0] = error != Errors.NONE;
              answer.accept(error);
            });
    if (classic != null && refused[0]) {
      shard.groups().put(after.id(), classic);
    }
  }

  // ---- leaving

  private void leave(ConsumerGroup before, Heartbeat beat, Consumer<Answer> answer) throws Refused {
    ConsumerGroup after = rules.leave(before, beat);
    GroupRules.Outcome outcome = new GroupRules.Outcome(after, beat.memberId(), beat.epoch(), null);
    write(
        after,
        ConsumerGroups.difference(before, after),
        error -> {
          Errors told = Shard.toCoordinatorError(error);
          answer.accept(
              told == Errors.NONE
                  ? new Answer(told, null, outcome)
                  : Answer.refused(told, told.message()));
        });
    cancelTimersOfGone(before, after);
  }

  /** LeaveGroup of the classic protocol: administrators remove members by it (KIP-345). */
  void remove(
      ConsumerGroup before, List<MemberIdentity> members, Consumer<LeaveGroupResponseData> answer) {
    LeaveGroupResponseData response = new LeaveGroupResponseData();
    ConsumerGroup rest = before;
    for (MemberIdentity leaving : members) {
      Errors error = Errors.NONE;
      try {
        rest = rules.remove(rest, leaving.memberId(), leaving.groupInstanceId());
      } catch (Refused refused) {
        error = refused.error();
      }
      response
          .members()
          .add(
              new MemberResponse()
                  .setMemberId(leaving.memberId())
                  .setGroupInstanceId(leaving.groupInstanceId())
                  .setErrorCode(error.code()));
    }
    ConsumerGroup after = rules.left(before, rest);
    write(
        after,
        ConsumerGroups.difference(before, after),
        error -> {
          Errors told = Shard.toCoordinatorError(error);
          answer.accept(
              told == Errors.NONE
                  ? response
                  : new LeaveGroupResponseData().setErrorCode(told.code()));
        });
    cancelTimersOfGone(before, after);
  }

  private void cancelTimersOfGone(ConsumerGroup before, ConsumerGroup after) {
    for (String member : before.members().keySet()) {
      if (after.member(member) == null) {
        sessions.cancel(before.id(), member);
        rebalances.cancel(before.id(), member);
      }
    }
  }

  // ---- timers

  /** Sessions begin anew when a coordinator has loaded. */
  void loaded() {
    for (ConsumerGroup group : shard.consumers().all()) {
      for (ConsumerMember member : group.members().values()) {
        restartSession(group.id(), member.id());
        if (member.current().state() == MemberState.UNREVOKED_PARTITIONS) {
          scheduleRevocationEnd(group.id(), member);
        }
      }
    }
  }

  private void restartSession(String group, String member) {
    sessions.start(group, member, sessionTimeoutMs.applyAsInt(group), () -> evict(group, member));
  }

  /** A member has its rebalance timeout to give up what it is asked for. */
  private void boundRevocation(ConsumerGroup before, ConsumerGroup after, ConsumerMember member) {
    ConsumerMember known = before.member(member.id());
    CurrentAssignment old = known == null ? CurrentAssignment.NONE : known.current();
    if (old.equals(member.current())) {
      return;
    }
    if (member.current().state() == MemberState.UNREVOKED_PARTITIONS) {
      scheduleRevocationEnd(after.id(), member);
    } else {
      rebalances.cancel(after.id(), member.id());
    }
  }

  private void scheduleRevocationEnd(String group, ConsumerMember member) {
    int epoch = member.epoch();
    rebalances.start(
        group,
        member.id(),
        member.subscription().rebalanceTimeoutMs(),
        () -> {
          ConsumerGroup now = shard.consumers().newest(group);
          ConsumerMember slow = now == null ? null : now.member(member.id());
          if (slow != null && slow.epoch() == epoch) {
            evict(group, member.id());
          }
        });
  }

  private void evict(String groupId, String memberId) {
    ConsumerGroup before = shard.consumers().newest(groupId);
    if (shard.closed() || before == null || before.member(memberId) == null) {
      return;
    }
    ConsumerGroup after = rules.without(before, memberId);
    write(
        after,
        ConsumerGroups.difference(before, after),
        error -> {
          if (error != Errors.NONE && !shard.closed()) {
            shard.host().timers().after(RETRY_MS, () -> evict(groupId, memberId));
          }
        });
    cancelTimersOfGone(before, after);
  }
}
