package dev.trial.broker.group;

import dev.trial.broker.group.consumer.ClassicJoin;
import dev.trial.broker.group.consumer.ClassicTerms;
import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.group.consumer.ConsumerMember;
import dev.trial.broker.group.consumer.EmbeddedProtocol;
import dev.trial.broker.group.consumer.GroupProtocol;
import dev.trial.broker.group.consumer.GroupRules;
import dev.trial.broker.group.consumer.Refused;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.wire.RequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.types.SchemaException;

/**
 * Members of the classic protocol in a consumer group (KIP-848): they join, sync and send
 * heartbeats as ever, while the coordinator assigns. Nobody waits for the others: a join is
 * answered at once, and a heartbeat tells when to join again.
 */
final class ClassicMembership {
  private final Shard shard;
  private final GroupRules rules;
  private final ConsumerMembership members;
  private final Migration migration;
  private final Supplier<MetadataImage> image;

  ClassicMembership(
      Shard shard,
      GroupRules rules,
      ConsumerMembership members,
      Migration migration,
      Supplier<MetadataImage> image) {
    this.shard = shard;
    this.rules = rules;
    this.members = members;
    this.migration = migration;
    this.image = image;
  }

  // ---- join

  /**
   * Joins a consumer group that has members.
   *
   * @param freshId an id for a member that has none
   * @param tellsId true if a dynamic member learns its id first (KIP-394)
   */
  void join(
      ConsumerGroup group,
      RequestContext context,
      JoinGroupRequestData asked,
      String freshId,
      boolean tellsId,
      Consumer<JoinGroupResponseData> answer) {
    boolean unknown = asked.memberId().isEmpty();
    String memberId = unknown ? freshId : asked.memberId();
    try {
      if (migration.disabled()) {
        throw new Refused(
            Errors.INCONSISTENT_GROUP_PROTOCOL,
            "Cannot join the consumer group "
                + group.id()
                + " with the classic protocol because the group migration is disabled.");
      }
      ClassicTerms terms = new ClassicTerms(asked.sessionTimeoutMs(), protocols(asked));
      rules.classic().checkJoin(group, memberId, asked.protocolType(), terms);
      if (unknown && asked.groupInstanceId() == null && tellsId) {
        answer.accept(Rebalance.refusedJoin(memberId, Errors.MEMBER_ID_REQUIRED));
        return;
      }
      join(group, join(memberId, unknown, terms, context, asked), answer);
    } catch (Refused refused) {
      answer.accept(Rebalance.refusedJoin("", refused.error()));
    }
  }

  private static List<GroupProtocol> protocols(JoinGroupRequestData asked) {
    List<GroupProtocol> protocols = new ArrayList<>(asked.protocols().size());
    asked
        .protocols()
        .forEach(offered -> protocols.add(new GroupProtocol(offered.name(), offered.metadata())));
    return protocols;
  }

  /** All protocols have the same subscription: the first one tells. */
  private ClassicJoin join(
      String memberId,
      boolean unknown,
      ClassicTerms terms,
      RequestContext context,
      JoinGroupRequestData asked)
      throws Refused {
    ConsumerProtocolSubscription told;
    try {
      told = EmbeddedProtocol.subscription(terms.preferred().metadata());
    } catch (SchemaException malformed) {
      throw new Refused(Errors.UNKNOWN_SERVER_ERROR, malformed.getMessage());
    }
    return new ClassicJoin(
        memberId,
        unknown,
        asked.groupInstanceId(),
        told.rackId() == null || told.rackId().isEmpty() ? null : told.rackId(),
        asked.rebalanceTimeoutMs(),
        new TreeSet<>(told.topics()),
        new EmbeddedProtocol(image.get()).owned(told),
        terms,
        context.clientId(),
        "/" + context.remoteHost());
  }

  private void join(ConsumerGroup before, ClassicJoin join, Consumer<JoinGroupResponseData> answer)
      throws Refused {
    GroupRules.Outcome outcome = rules.join(before, join, shard.epochMs());
    ConsumerMember replaced =
        join.instanceId() == null ? null : before.staticMember(join.instanceId());
    if (replaced != null && migration.downgradesByReplacing(before, replaced)) {
      replaceLast(before, join, outcome, answer);
      return;
    }
    ConsumerGroup after = outcome.group();
    String group = before.id();
    String member = outcome.memberId();
    int rebalanceMs = after.member(member).subscription().rebalanceTimeoutMs();
    shard
        .consumers()
        .change(
            after,
            ConsumerGroups.difference(before, after),
            error -> {
              if (error == Errors.NONE) {
                members.timers().awaitSync(group, member, rebalanceMs);
                members.timers().session(group, member, join.terms().sessionTimeoutMs());
              }
              answer.accept(joined(join, outcome.memberEpoch(), error));
            });
  }

  /** The last member of the consumer protocol was a static one, and is replaced. */
  private void replaceLast(
      ConsumerGroup before,
      ClassicJoin join,
      GroupRules.Outcome outcome,
      Consumer<JoinGroupResponseData> answer)
      throws Refused {
    boolean stale = outcome.group().epoch() > before.assignmentEpoch();
    int generation = stale ? 0 : outcome.memberEpoch();
    ClassicGroup classic =
        migration.downgraded(before, new TreeSet<>(), outcome.group().member(outcome.memberId()));
    members.downgrade(
        before,
        classic,
        stale,
        error -> {
          if (error == Errors.NONE) {
            members.timers().joined(before.id(), join.memberId());
          }
          answer.accept(joined(join, generation, error));
        });
  }

  /** There is no leader: nobody but the coordinator assigns. */
  private static JoinGroupResponseData joined(ClassicJoin join, int generation, Errors error) {
    return error == Errors.NONE
        ? new JoinGroupResponseData()
            .setMemberId(join.memberId())
            .setGenerationId(generation)
            .setProtocolType(ClassicGroup.CONSUMER)
            .setProtocolName(join.terms().preferred().name())
        : Rebalance.refusedJoin("", Shard.toCoordinatorError(error));
  }

  // ---- sync

  /** Answered with what the member has been given. */
  void sync(
      ConsumerGroup group, SyncGroupRequestData asked, Consumer<SyncGroupResponseData> answer) {
    try {
      ConsumerMember member =
          rules
              .classic()
              .member(group, asked.memberId(), asked.groupInstanceId(), asked.generationId());
      rules.classic().checkProtocol(member, asked.protocolType(), asked.protocolName());
      if (rules.classic().outdated(group, member)) {
        awaitJoin(group, member);
        throw new Refused(
            Errors.REBALANCE_IN_PROGRESS,
            "A new rebalance is triggered in group "
                + group.id()
                + " and member "
                + member.id()
                + " should rejoin to catch up.");
      }
      shard.whenSettled(() -> answer.accept(synced(group.id(), member, asked)));
    } catch (Refused refused) {
      answer.accept(Rebalance.refusedSync(refused.error()));
    }
  }

  private SyncGroupResponseData synced(
      String group, ConsumerMember member, SyncGroupRequestData asked) {
    if (shard.closed()) {
      return Rebalance.refusedSync(Errors.NOT_COORDINATOR);
    }
    members.timers().synced(group, member.id());
    members.timers().session(group, member.id(), member.terms().sessionTimeoutMs());
    return new SyncGroupResponseData()
        .setProtocolType(asked.protocolType())
        .setProtocolName(asked.protocolName())
        .setAssignment(
            new EmbeddedProtocol(image.get())
                .bytes(
                    new TreeSet<>(member.current().assigned().keySet()),
                    member.terms().preferred().metadata()));
  }

  private void awaitJoin(ConsumerGroup group, ConsumerMember member) {
    int timeoutMs = member.subscription().rebalanceTimeoutMs();
    members.timers().awaitJoin(group.id(), member.id(), timeoutMs);
  }

  // ---- heartbeat

  void heartbeat(
      ConsumerGroup group, HeartbeatRequestData asked, Consumer<HeartbeatResponseData> answer) {
    try {
      ConsumerMember member =
          rules
              .classic()
              .member(group, asked.memberId(), asked.groupInstanceId(), asked.generationId());
      members.timers().session(group.id(), member.id(), member.terms().sessionTimeoutMs());
      boolean rejoins = rules.classic().mustRejoin(group, member);
      if (rejoins) {
        awaitJoin(group, member);
      }
      Errors told = rejoins ? Errors.REBALANCE_IN_PROGRESS : Errors.NONE;
      shard.whenSettled(
          () -> answer.accept(beaten(shard.closed() ? Errors.NOT_COORDINATOR : told)));
    } catch (Refused refused) {
      answer.accept(beaten(refused.error()));
    }
  }

  private static HeartbeatResponseData beaten(Errors error) {
    return new HeartbeatResponseData().setErrorCode(error.code());
  }
}
