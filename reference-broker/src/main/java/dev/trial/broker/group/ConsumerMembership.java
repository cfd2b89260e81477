package dev.trial.broker.group;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.group.consumer.ConsumerMember;
import dev.trial.broker.group.consumer.CurrentAssignment;
import dev.trial.broker.group.consumer.GroupRules;
import dev.trial.broker.group.consumer.Heartbeat;
import dev.trial.broker.group.consumer.MemberState;
import dev.trial.broker.group.consumer.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
  private final Migration migration;
  private final Rebalance rebalance;
  private final ToIntFunction<String> sessionTimeoutMs;
  private final ConsumerTimers timers;

  /**
   * @param rebalance of the classic groups that consumer groups become
   * @param sessionTimeoutMs of a group by its id, asked at each heartbeat
   */
  ConsumerMembership(
      Shard shard,
      GroupRules rules,
      Migration migration,
      Rebalance rebalance,
      ToIntFunction<String> sessionTimeoutMs) {
    this.shard = shard;
    this.sessionTimeoutMs = sessionTimeoutMs;
    this.rules = rules;
    this.migration = migration;
    this.rebalance = rebalance;
    this.timers = new ConsumerTimers(shard.host().timers(), this::evict);
  }

  ConsumerTimers timers() {
    return timers;
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
      boolean classic = shard.group(groupId) != null;
      throw classic ? Refused.noConsumerGroup(groupId) : Refused.noSuchGroup(groupId);
    }
    return group;
  }

  /** Who joins makes the group, also of a classic one: with its members if it has some. */
  private ConsumerGroup existingOrNew(String groupId, Heartbeat beat) throws Refused {
    ConsumerGroup group = shard.consumers().newest(groupId);
    ClassicGroup classic = shard.group(groupId);
    if (group == null && beat.epoch() != 0) {
      throw classic == null ? Refused.noGroup(groupId) : Refused.noConsumerGroup(groupId);
    }
    if (group == null && classic != null && !classic.is(GroupState.EMPTY)) {
      return migration.upgraded(classic);
    }
    return group == null ? ConsumerGroup.named(groupId) : group;
  }

  private void stay(String groupId, Heartbeat beat, Consumer<Answer> answer) throws Refused {
    ConsumerGroup before = existingOrNew(groupId, beat);
    GroupRules.Outcome outcome = rules.heartbeat(before, beat, shard.epochMs());
    ConsumerGroup after = outcome.group();
    ClassicGroup classic = shard.group(groupId);
    boolean upgrades = classic != null && !before.isEmpty();
    List<StateRecord> records = new ArrayList<>();
    if (classic != null) {
      records.add(new StateRecord.Group(groupId, null));
    }
    if (upgrades) {
      records.addAll(ConsumerGroups.creation(before));
    }
    records.addAll(ConsumerGroups.difference(before, after));
    shard
        .consumers()
        .change(
            after,
            records,
            error -> {
              Errors told = Shard.toCoordinatorError(error);
              answer.accept(
                  told == Errors.NONE
                      ? new Answer(told, null, outcome)
                      : Answer.refused(told, told.message()));
            });
    if (upgrades && shard.group(groupId) == null) {
      takeOver(classic, before);
    }
    ConsumerMember member = after.member(outcome.memberId());
    if (member != null) {
      restartSession(groupId, member.id());
      boundRevocation(before, after, member);
    }
  }

  /** The sessions of classic members begin anew when their group has become a consumer group. */
  private void takeOver(ClassicGroup classic, ConsumerGroup group) {
    classic.die(shard.epochMs());
    for (ConsumerMember member : group.members().values()) {
      timers.session(group.id(), member.id(), member.terms().sessionTimeoutMs());
    }
  }

  // ---- leaving

  private void leave(ConsumerGroup before, Heartbeat beat, Consumer<Answer> answer) throws Refused {
    ConsumerGroup after = rules.leave(before, beat);
    GroupRules.Outcome outcome = new GroupRules.Outcome(after, beat.memberId(), beat.epoch(), null);
    left(
        before,
        after,
        error -> {
          Errors told = Shard.toCoordinatorError(error);
          answer.accept(
              told == Errors.NONE
                  ? new Answer(told, null, outcome)
                  : Answer.refused(told, told.message()));
        });
  }

  /** LeaveGroup: of classic members, and of administrators who remove members (KIP-345). */
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
    try {
      left(
          before,
          rules.left(before, rest),
          error -> {
            Errors told = Shard.toCoordinatorError(error);
            answer.accept(
                told == Errors.NONE
                    ? response
                    : new LeaveGroupResponseData().setErrorCode(told.code()));
          });
    } catch (Refused refused) {
      answer.accept(new LeaveGroupResponseData().setErrorCode(refused.error().code()));
    }
  }

  /**
   * Members may be gone. Where only classic ones are left, the group becomes a classic one, which
   * rebalances; else the rest goes on in a new epoch.
   */
  private void left(ConsumerGroup before, ConsumerGroup after, Consumer<Errors> answer)
      throws Refused {
    SortedSet<String> gone = new TreeSet<>(before.members().keySet());
    gone.removeAll(after.members().keySet());
    if (!gone.isEmpty() && migration.downgradesWithout(before, gone)) {
      downgrade(before, migration.downgraded(before, gone, null), true, answer);
      return;
    }
    shard.consumers().change(after, ConsumerGroups.difference(before, after), answer);
    gone.forEach(member -> timers.cancel(before.id(), member));
  }

  /**
   * A classic group takes the place of a consumer group.
   *
   * @param rebalances true if its members have to join again
   */
  void downgrade(
      ConsumerGroup before, ClassicGroup classic, boolean rebalances, Consumer<Errors> answer) {
    List<StateRecord> records = new ArrayList<>(ConsumerGroups.tombstones(before));
    records.add(Rebalance.record(classic, Rebalance.assignments(classic)));
    shard.groups().put(classic.id(), classic);
    boolean[] refused = {false};
    shard
        .consumers()
        .write(
            before.id(),
            null,
            records,
            () -> forgetOffsets(before.id()),
            error -> {
              refused[0] = error != Errors.NONE;
              answer.accept(error);
            });
    if (refused[0]) {
      shard.groups().remove(classic.id(), classic);
      return;
    }
    classic.members().forEach(member -> rebalance.restartSession(classic, member));
    if (rebalances) {
      rebalance.prepare(classic);
    }
  }

  private void forgetOffsets(String group) {
    if (shard.defects().has(Defect.OFFSETS_LOST_AT_DOWNGRADE)) {
      shard.offsets().remove(group);
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
    timers.session(group, member, sessionTimeoutMs.applyAsInt(group));
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
      timers.revoked(after.id(), member.id());
    }
  }

  private void scheduleRevocationEnd(String group, ConsumerMember member) {
    int epoch = member.epoch();
    timers.revocation(
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
    try {
      left(
          before,
          rules.without(before, memberId),
          error -> {
            if (error != Errors.NONE && !shard.closed()) {
              shard.host().timers().after(RETRY_MS, () -> evict(groupId, memberId));
            }
          });
    } catch (Refused stays) {
      shard.host().log("member " + memberId + " stays: " + stays.getMessage());
    }
  }
}
