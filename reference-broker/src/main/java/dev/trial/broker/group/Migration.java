package dev.trial.broker.group;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.group.consumer.ClassicTerms;
import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.group.consumer.ConsumerGroupRecord.AssignmentEpoch;
import dev.trial.broker.group.consumer.ConsumerGroupRecord.GroupEpoch;
import dev.trial.broker.group.consumer.ConsumerMember;
import dev.trial.broker.group.consumer.CurrentAssignment;
import dev.trial.broker.group.consumer.EmbeddedProtocol;
import dev.trial.broker.group.consumer.GroupRules;
import dev.trial.broker.group.consumer.IdPartition;
import dev.trial.broker.group.consumer.MemberState;
import dev.trial.broker.group.consumer.Refused;
import dev.trial.broker.group.consumer.Subscription;
import dev.trial.broker.metadata.MetadataImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.message.ConsumerProtocolAssignment;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.types.SchemaException;

/**
 * Turns a classic group with members into a consumer group and back (KIP-848, online migration;
 * ConsumerGroup.fromClassicGroup and ClassicGroup.fromConsumerGroup of Kafka 4.3.1). Generations
 * and epochs go on from one to the other.
 */
final class Migration {
  private final Shard shard;
  private final GroupRules rules;
  private final Supplier<MetadataImage> image;

  Migration(Shard shard, GroupRules rules, Supplier<MetadataImage> image) {
    this.shard = shard;
    this.rules = rules;
    this.image = image;
  }

  private MigrationPolicy policy() {
    return shard.settings().migrationPolicy();
  }

  /** True if no classic member may join a consumer group with members. */
  boolean disabled() {
    return policy() == MigrationPolicy.DISABLED;
  }

  // ---- classic to consumer

  /**
   * The consumer group that a classic one with members becomes: what members were assigned they
   * own. Whoever waits for a rebalance of the classic group is sent to join again.
   *
   * @throws Refused if it may not become one; it is as before
   */
  ConsumerGroup upgraded(ClassicGroup classic) throws Refused {
    checkUpgrade(classic);
    classic.sendBack(Errors.REBALANCE_IN_PROGRESS);
    if (classic.protocol() == null) {
      // A group in its first rebalance: Kafka 4.3.1 takes a name that is not there.
      throw new Refused(Errors.UNKNOWN_SERVER_ERROR, Errors.UNKNOWN_SERVER_ERROR.message());
    }
    SortedMap<String, ConsumerMember> members = new TreeMap<>();
    SortedMap<String, SortedSet<IdPartition>> target = new TreeMap<>();
    for (Member member : classic.members()) {
      SortedSet<IdPartition> assigned = assigned(classic, member);
      members.put(member.id(), upgraded(classic, member, assigned));
      target.put(member.id(), assigned);
    }
    return rules.hashed(
        new ConsumerGroup(
            classic.id(),
            new GroupEpoch(classic.generation(), 0),
            new AssignmentEpoch(classic.generation(), 0),
            members,
            target));
  }

  private void checkUpgrade(ClassicGroup classic) throws Refused {
    if (!policy().upgrades()) {
      throw cannotUpgrade(classic, "online upgrade is disabled");
    }
    if (!classic.usesConsumerProtocol()) {
      throw cannotUpgrade(classic, "the group does not use the consumer embedded protocol");
    }
    if (classic.size() > shard.settings().consumerMaxSize()) {
      throw cannotUpgrade(classic, "the group size exceeds the consumer group maximum size");
    }
  }

  private static Refused cannotUpgrade(ClassicGroup classic, String because) {
    return new Refused(
        Errors.GROUP_ID_NOT_FOUND,
        "Cannot upgrade classic group "
            + classic.id()
            + " to consumer group because "
            + because
            + ".");
  }

  /** Empty for a member that has joined and never synced. */
  private SortedSet<IdPartition> assigned(ClassicGroup classic, Member member) throws Refused {
    boolean forgets = shard.defects().has(Defect.OWNERS_FORGOTTEN_AT_UPGRADE);
    if (member.assignment().length == 0 || forgets) {
      return Collections.emptySortedSet();
    }
    try {
      ConsumerProtocolAssignment told = EmbeddedProtocol.assignment(member.assignment());
      if (told.userData() != null && told.userData().hasRemaining()) {
        throw cannotUpgrade(classic, "an unsupported custom assignor is in use");
      }
      return new EmbeddedProtocol(image.get()).partitions(told);
    } catch (SchemaException malformed) {
      throw cannotUpgrade(classic, "the embedded consumer protocol is malformed");
    }
  }

  private static ConsumerMember upgraded(
      ClassicGroup classic, Member member, SortedSet<IdPartition> assigned) throws Refused {
    ConsumerProtocolSubscription told;
    try {
      told = EmbeddedProtocol.subscription(member.metadata(classic.protocol()));
    } catch (SchemaException malformed) {
      throw cannotUpgrade(classic, "the embedded consumer protocol is malformed");
    }
    int generation = classic.generation();
    SortedMap<IdPartition, Integer> owned = new TreeMap<>();
    assigned.forEach(partition -> owned.put(partition, generation));
    return new ConsumerMember(
        member.id(),
        new Subscription(
            member.instanceId(),
            told.rackId() == null || told.rackId().isEmpty() ? null : told.rackId(),
            member.clientId(),
            member.clientHost(),
            new TreeSet<>(told.topics()),
            "",
            member.rebalanceTimeoutMs(),
            null,
            new ClassicTerms(member.sessionTimeoutMs(), member.protocols())),
        new CurrentAssignment(
            generation, generation, MemberState.STABLE, owned, Collections.emptySortedMap()));
  }

  // ---- consumer to classic

  /** True if the group becomes a classic one when these members of it are gone. */
  boolean downgradesWithout(ConsumerGroup group, Set<String> gone) {
    int left = group.members().size() - gone.size();
    return group.classicExcept(gone) && left > 0 && mayDowngrade(left);
  }

  /** True if the group becomes a classic one when a classic member replaces this static one. */
  boolean downgradesByReplacing(ConsumerGroup group, ConsumerMember replaced) {
    return !replaced.classic()
        && group.classicExcept(Set.of(replaced.id()))
        && mayDowngrade(group.members().size());
  }

  private boolean mayDowngrade(int members) {
    return policy().downgrades() && members <= shard.settings().maxSize();
  }

  /**
   * The classic group that a consumer group becomes; members are assigned what they were to own.
   *
   * @param gone members that are not in it any more
   * @param joining a classic member that replaces a static one, null for none
   */
  ClassicGroup downgraded(ConsumerGroup group, Set<String> gone, ConsumerMember joining)
      throws Refused {
    List<Member> members = new ArrayList<>();
    for (ConsumerMember member : group.members().values()) {
      boolean replaced = joining != null && joining.instanceId().equals(member.instanceId());
      if (!gone.contains(member.id()) && !replaced) {
        members.add(classic(member));
      }
    }
    if (joining != null) {
      members.add(classic(joining));
    }
    ClassicGroup classic = ClassicGroup.stable(group.id(), group.epoch(), members, shard.epochMs());
    EmbeddedProtocol embedded = new EmbeddedProtocol(image.get());
    for (Member member : classic.members()) {
      String owner = member.id();
      if (joining != null && owner.equals(joining.id())) {
        owner = group.staticMember(joining.instanceId()).id();
      }
      try {
        member.assignment(
            embedded.bytes(group.targetOf(owner), member.metadata(classic.protocol())));
      } catch (SchemaException malformed) {
        throw new Refused(
            Errors.GROUP_ID_NOT_FOUND,
            "Cannot downgrade the classic group "
                + group.id()
                + ": "
                + malformed.getMessage()
                + ".");
      }
    }
    return classic;
  }

  private static Member classic(ConsumerMember member) {
    Subscription told = member.subscription();
    return new Member(
        member.id(),
        member.instanceId(),
        told.clientId(),
        told.clientHost(),
        ClassicGroup.CONSUMER,
        member.terms().protocols(),
        told.rebalanceTimeoutMs(),
        member.terms().sessionTimeoutMs());
  }
}
