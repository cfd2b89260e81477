package dev.trial.broker.group;

import dev.trial.broker.group.consumer.GroupProtocol;
import dev.trial.core.world.Timers.Timer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData.JoinGroupResponseMember;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;

/**
 * The state of one classic group: members, generation, leader, chosen protocol. It knows the rules
 * of membership; {@link Rebalance} knows when to apply them.
 */
final class ClassicGroup {
  /** The protocol type of consumers. */
  static final String CONSUMER = "consumer";

  private final String id;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, String> staticMembers = new TreeMap<>();
  private final Map<String, Timer> pendingJoins = new TreeMap<>();
  private final Set<String> pendingSyncs = new TreeSet<>();
  private GroupState state = GroupState.EMPTY;
  private GroupState previousState = GroupState.EMPTY;
  private long stateSinceEpochMs = -1;
  private String protocolType;
  private String protocol;
  private String leader;
  private int generation;
  private boolean memberJoinedMeanwhile;
  private Timer joinTimer;
  private Timer syncTimer;

  ClassicGroup(String id) {
    this.id = id;
  }

  /** A stable group of consumers in the place of a consumer group; the first member leads. */
  static ClassicGroup stable(String id, int generation, List<Member> members, long epochMs) {
    ClassicGroup group = new ClassicGroup(id);
    members.forEach(member -> group.add(member, null));
    group.generation = generation;
    group.protocol = group.electProtocol();
    group.become(GroupState.STABLE, epochMs);
    return group;
  }

  String id() {
    return id;
  }

  GroupState state() {
    return state;
  }

  GroupState previousState() {
    return previousState;
  }

  boolean is(GroupState asked) {
    return state == asked;
  }

  void become(GroupState next, long epochMs) {
    previousState = state;
    state = next;
    stateSinceEpochMs = epochMs;
  }

  long stateSinceEpochMs() {
    return stateSinceEpochMs;
  }

  int generation() {
    return generation;
  }

  /** Null while the group never had a member. */
  String protocolType() {
    return protocolType;
  }

  /** Null while no protocol is chosen. */
  String protocol() {
    return protocol;
  }

  /** Null while there is no leader. */
  String leader() {
    return leader;
  }

  boolean isLeader(String memberId) {
    return memberId.equals(leader);
  }

  Collection<Member> members() {
    return members.values();
  }

  int size() {
    return members.size();
  }

  Member member(String memberId) {
    return members.get(memberId);
  }

  boolean has(String memberId) {
    return members.containsKey(memberId);
  }

  /** The id of the current member of that instance; null if there is none. */
  String staticMember(String instanceId) {
    return staticMembers.get(instanceId);
  }

  /** Takes over what a record of the log says. */
  void restore(GroupMetadata metadata) {
    generation = metadata.generation();
    protocolType = metadata.protocolType().isEmpty() ? null : metadata.protocolType();
    protocol = metadata.protocol();
    leader = metadata.leader();
    state = metadata.members().isEmpty() ? GroupState.EMPTY : GroupState.STABLE;
    previousState = state;
    stateSinceEpochMs = metadata.stateSinceEpochMs();
    for (GroupMetadata.MemberMetadata saved : metadata.members()) {
      Member member =
          new Member(
              saved.memberId(),
              saved.instanceId(),
              saved.clientId(),
              saved.clientHost(),
              metadata.protocolType(),
              List.of(new GroupProtocol(metadata.protocol(), saved.subscription())),
              saved.rebalanceTimeoutMs(),
              saved.sessionTimeoutMs());
      member.assignment(saved.assignment());
      members.put(member.id(), member);
      if (member.isStatic()) {
        staticMembers.put(member.instanceId(), member.id());
      }
    }
  }

  // ---- membership

  void add(Member member, Consumer<JoinGroupResponseData> join) {
    if (members.isEmpty()) {
      protocolType = member.protocolType();
    }
    if (leader == null) {
      leader = member.id();
    }
    if (member.isStatic()) {
      staticMembers.put(member.instanceId(), member.id());
    }
    members.put(member.id(), member);
    member.awaitJoin(join);
    forgetPendingJoin(member.id());
  }

  void remove(String memberId) {
    Member removed = members.remove(memberId);
    if (removed != null) {
      removed.endSession();
      if (removed.isStatic()) {
        staticMembers.remove(removed.instanceId());
      }
    }
    if (isLeader(memberId)) {
      leader = members.isEmpty() ? null : members.keySet().iterator().next();
    }
    forgetPendingJoin(memberId);
    pendingSyncs.remove(memberId);
  }

  /** A static member came back under a new id: what the old one waits for is fenced (KIP-345). */
  Member replaceStatic(String instanceId, String oldId, String newId) {
    Member old = members.remove(oldId);
    old.endSession();
    old.completeJoin(
        new JoinGroupResponseData()
            .setMemberId(oldId)
            .setProtocolName(null)
            .setProtocolType(null)
            .setErrorCode(Errors.FENCED_INSTANCE_ID.code()));
    old.completeSync(
        new SyncGroupResponseData()
            .setProtocolName(null)
            .setProtocolType(null)
            .setErrorCode(Errors.FENCED_INSTANCE_ID.code()));
    Member renamed = old.renamed(newId);
    members.put(newId, renamed);
    if (isLeader(oldId)) {
      leader = newId;
    }
    staticMembers.put(instanceId, newId);
    return renamed;
  }

  /** Why a request in that member's name is refused; NONE if it is not. */
  Errors validateMember(String memberId, String instanceId) {
    if (instanceId != null) {
      String current = staticMembers.get(instanceId);
      if (current == null) {
        return Errors.UNKNOWN_MEMBER_ID;
      }
      if (!current.equals(memberId)) {
        return Errors.FENCED_INSTANCE_ID;
      }
    }
    return members.containsKey(memberId) ? Errors.NONE : Errors.UNKNOWN_MEMBER_ID;
  }

  // ---- dynamic members that were told their id and have to join with it (KIP-394)

  void expectJoin(String memberId, Timer expiry) {
    pendingJoins.put(memberId, expiry);
  }

  boolean isPendingJoin(String memberId) {
    return pendingJoins.containsKey(memberId);
  }

  private void forgetPendingJoin(String memberId) {
    Timer expiry = pendingJoins.remove(memberId);
    if (expiry != null) {
      expiry.cancel();
    }
  }

  // ---- joining

  boolean allJoined() {
    return pendingJoins.isEmpty() && members.values().stream().allMatch(Member::awaitsJoin);
  }

  int awaitingJoin() {
    return (int) members.values().stream().filter(Member::awaitsJoin).count();
  }

  List<Member> dynamicMembersNotJoined() {
    List<Member> missing = new ArrayList<>();
    for (Member member : members.values()) {
      if (!member.awaitsJoin() && !member.isStatic()) {
        missing.add(member);
      }
    }
    return missing;
  }

  /** Makes sure that the leader has joined; false if nobody has. */
  boolean electJoinedLeader() {
    if (leader == null) {
      return false;
    }
    if (members.get(leader).awaitsJoin()) {
      return true;
    }
    for (Member member : members.values()) {
      if (member.awaitsJoin()) {
        leader = member.id();
        return true;
      }
    }
    return false;
  }

  boolean canRebalance() {
    return state == GroupState.STABLE
        || state == GroupState.COMPLETING_REBALANCE
        || state == GroupState.EMPTY;
  }

  int rebalanceTimeoutMs() {
    return members.values().stream().mapToInt(Member::rebalanceTimeoutMs).max().orElse(0);
  }

  /** True if such a member can take part: same type, and a protocol that all others support. */
  boolean supports(String type, List<GroupProtocol> protocols) {
    if (state == GroupState.EMPTY) {
      return !type.isEmpty() && !protocols.isEmpty();
    }
    return type.equals(protocolType)
        && protocols.stream().anyMatch(offered -> allSupport(offered.name()));
  }

  private boolean allSupport(String name) {
    return members.values().stream().allMatch(member -> member.supports(name));
  }

  /** Each member votes for the first candidate of its list; most votes win. */
  String electProtocol() {
    Set<String> candidates = new TreeSet<>();
    for (GroupProtocol offered : members.values().iterator().next().protocols()) {
      if (allSupport(offered.name())) {
        candidates.add(offered.name());
      }
    }
    Map<String, Integer> votes = new TreeMap<>();
    members.values().forEach(member -> votes.merge(member.vote(candidates), 1, Integer::sum));
    return Collections.max(votes.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  void nextGeneration(long epochMs) {
    generation++;
    protocol = members.isEmpty() ? null : electProtocol();
    become(members.isEmpty() ? GroupState.EMPTY : GroupState.COMPLETING_REBALANCE, epochMs);
    pendingSyncs.clear();
  }

  /** What the leader is told of the members. */
  List<JoinGroupResponseMember> membersForLeader() {
    List<JoinGroupResponseMember> all = new ArrayList<>(members.size());
    for (Member member : members.values()) {
      all.add(
          new JoinGroupResponseMember()
              .setMemberId(member.id())
              .setGroupInstanceId(member.instanceId())
              .setMetadata(member.metadata(protocol)));
    }
    return all;
  }

  boolean memberJoinedMeanwhile() {
    return memberJoinedMeanwhile;
  }

  void memberJoinedMeanwhile(boolean joined) {
    this.memberJoinedMeanwhile = joined;
  }

  void joinTimer(Timer timer) {
    if (joinTimer != null) {
      joinTimer.cancel();
    }
    joinTimer = timer;
  }

  // ---- syncing

  void expectSync(String memberId) {
    pendingSyncs.add(memberId);
  }

  /** The member synced; true if it was the last one missing. */
  boolean synced(String memberId) {
    pendingSyncs.remove(memberId);
    return pendingSyncs.isEmpty();
  }

  List<String> missingSyncs() {
    return new ArrayList<>(pendingSyncs);
  }

  void expectNoSync() {
    pendingSyncs.clear();
    syncTimer(null);
  }

  void syncTimer(Timer timer) {
    if (syncTimer != null) {
      syncTimer.cancel();
    }
    syncTimer = timer;
  }

  /** Answers all that wait for the running rebalance with an error. */
  void sendBack(Errors error) {
    for (Member member : new ArrayList<>(members.values())) {
      member.completeJoin(Rebalance.refusedJoin(member.id(), error));
      member.completeSync(Rebalance.refusedSync(error));
    }
  }

  /** Stops every timer; the group is of no more use here. */
  void die(long epochMs) {
    become(GroupState.DEAD, epochMs);
    joinTimer(null);
    syncTimer(null);
    members.values().forEach(Member::endSession);
    pendingJoins.values().forEach(Timer::cancel);
    pendingJoins.clear();
  }

  /**
   * True if a member of this consumer group subscribes to the topic, or if that cannot be told. The
   * first fields of a subscription are the same in all versions.
   */
  boolean subscribesTo(String topic) {
    if (!CONSUMER.equals(protocolType)) {
      return false;
    }
    if (members.isEmpty()) {
      return false;
    }
    if (protocol == null) {
      return true;
    }
    try {
      return members.values().stream()
          .map(member -> ByteBuffer.wrap(member.metadata(protocol)))
          .anyMatch(bytes -> subscription(bytes).topics().contains(topic));
    } catch (RuntimeException unreadable) {
      return true;
    }
  }

  private static ConsumerProtocolSubscription subscription(ByteBuffer bytes) {
    bytes.getShort();
    return new ConsumerProtocolSubscription(new ByteBufferAccessor(bytes), (short) 0);
  }

  boolean usesConsumerProtocol() {
    return CONSUMER.equals(protocolType);
  }
}
