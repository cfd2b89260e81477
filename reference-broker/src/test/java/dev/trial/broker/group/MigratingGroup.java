package dev.trial.broker.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.broker.defect.Defects;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.ConsumerProtocolAssignment;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;

/** A group "g" that reads topic "t", whose members speak the classic protocol or KIP-848. */
final class MigratingGroup {
  private static final int JOIN = ApiKeys.JOIN_GROUP.latestVersion(false);

  final GroupTrial trial;
  boolean userData;
  String protocolType = "consumer";

  MigratingGroup(Map<String, String> settings, Defects defects) {
    trial = new GroupTrial(settings, defects);
    trial.advance(0);
  }

  /** A member of the classic protocol. */
  static final class Classic {
    String id;
    String instance;
    String protocol = "range";
    String leader;
    int generation = -1;
    Set<String> owned = new TreeSet<>();

    Classic(String id) {
      this.id = id;
    }
  }

  // ---- the consumer protocol

  private static ConsumerGroupHeartbeatRequestData request(String member, int epoch) {
    return new ConsumerGroupHeartbeatRequestData()
        .setGroupId("g")
        .setMemberId(member)
        .setMemberEpoch(epoch);
  }

  private static ConsumerGroupHeartbeatRequestData full(String member, int epoch) {
    return request(member, epoch)
        .setRebalanceTimeoutMs(9_000)
        .setSubscribedTopicNames(List.of("t"))
        .setTopicPartitions(List.of());
  }

  private ConsumerGroupHeartbeatResponseData ask(ConsumerGroupHeartbeatRequestData request) {
    return trial.ask(request, ConsumerGroupHeartbeatResponseData.class);
  }

  AtomicReference<ConsumerGroupHeartbeatResponseData> joining(String member) {
    return trial.send(full(member, 0), 1, ConsumerGroupHeartbeatResponseData.class);
  }

  ConsumerGroupHeartbeatResponseData join(String member) {
    return ask(full(member, 0));
  }

  ConsumerGroupHeartbeatResponseData joinStatic(String member, String instance) {
    return ask(full(member, 0).setInstanceId(instance));
  }

  ConsumerGroupHeartbeatResponseData beatFully(String member, int epoch) {
    return ask(full(member, epoch));
  }

  ConsumerGroupHeartbeatResponseData beat(String member, int epoch) {
    return ask(request(member, epoch));
  }

  /** With what the member owns. */
  ConsumerGroupHeartbeatResponseData beatOwning(String member, int epoch, Set<String> owned) {
    TopicPartitions partitions =
        new TopicPartitions().setTopicId(GroupTrial.TOPIC_ID).setPartitions(numbers(owned));
    return ask(request(member, epoch).setTopicPartitions(List.of(partitions)));
  }

  /** What the member is told to own; empty if it is told nothing. */
  static Set<String> told(ConsumerGroupHeartbeatResponseData answer) {
    assertEquals(Errors.NONE.code(), answer.errorCode());
    Set<String> told = new TreeSet<>();
    if (answer.assignment() != null) {
      answer
          .assignment()
          .topicPartitions()
          .forEach(topic -> topic.partitions().forEach(each -> told.add("t-" + each)));
    }
    return told;
  }

  // ---- the classic protocol

  /** Members of a classic group, with the topic's partitions in order. */
  List<Classic> classicGroup(int count) {
    List<Classic> members = new ArrayList<>();
    List<AtomicReference<JoinGroupResponseData>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Classic member = new Classic(newMemberId());
      members.add(member);
      answers.add(joining(member, Set.of()));
      if (i == 0) {
        trial.advance(0);
        joined(member, answers.get(0));
      }
    }
    if (count > 1) {
      answers.set(0, joining(members.get(0), Set.of()));
    }
    trial.advance(0);
    for (int i = 0; i < count; i++) {
      joined(members.get(i), answers.get(i));
    }
    assign(members);
    return members;
  }

  /** Members of the classic protocol that join the group as it is. */
  List<Classic> classicMembers(int count) {
    List<Classic> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Classic member = new Classic(newMemberId());
      rejoin(member);
      members.add(member);
    }
    return members;
  }

  private static void joined(Classic member, AtomicReference<JoinGroupResponseData> answer) {
    JoinGroupResponseData told = answer.get();
    assertEquals(Errors.NONE.code(), told.errorCode());
    member.id = told.memberId();
    member.generation = told.generationId();
    member.leader = told.leader();
  }

  /** The first member leads. */
  private void assign(List<Classic> members) {
    SyncGroupRequestData request = syncRequest(members.get(0));
    for (int i = 0; i < members.size(); i++) {
      Set<String> part = new TreeSet<>();
      for (int partition = 0; partition < 4; partition++) {
        if (partition * members.size() / 4 == i) {
          part.add("t-" + partition);
        }
      }
      members.get(i).owned = part;
      request
          .assignments()
          .add(
              new SyncGroupRequestAssignment()
                  .setMemberId(members.get(i).id)
                  .setAssignment(assignment(part)));
    }
    assertEquals(Errors.NONE.code(), trial.ask(request, SyncGroupResponseData.class).errorCode());
    members
        .subList(1, members.size())
        .forEach(member -> assertEquals(member.owned, synced(member)));
  }

  private byte[] assignment(Set<String> partitions) {
    ConsumerProtocolAssignment assignment = new ConsumerProtocolAssignment();
    if (userData) {
      assignment.setUserData(ByteBuffer.wrap(new byte[] {1}));
    }
    assignment
        .assignedPartitions()
        .add(
            new ConsumerProtocolAssignment.TopicPartition()
                .setTopic("t")
                .setPartitions(numbers(partitions)));
    return MessageUtil.toVersionPrefixedBytes((short) 3, assignment);
  }

  private static byte[] subscription(Set<String> owned) {
    ConsumerProtocolSubscription subscription =
        new ConsumerProtocolSubscription().setTopics(List.of("t"));
    subscription
        .ownedPartitions()
        .add(
            new ConsumerProtocolSubscription.TopicPartition()
                .setTopic("t")
                .setPartitions(numbers(owned)));
    return MessageUtil.toVersionPrefixedBytes((short) 3, subscription);
  }

  static int number(String partition) {
    return Integer.parseInt(partition.substring(2));
  }

  private static List<Integer> numbers(Set<String> partitions) {
    return partitions.stream().map(MigratingGroup::number).toList();
  }

  @SafeVarargs
  static Set<String> union(Set<String>... parts) {
    Set<String> all = new TreeSet<>();
    for (Set<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  String newMemberId() {
    JoinGroupResponseData told = joining(new Classic(""), Set.of()).get();
    assertEquals(Errors.MEMBER_ID_REQUIRED.code(), told.errorCode());
    return told.memberId();
  }

  /** The answer, null while the member waits for others. */
  AtomicReference<JoinGroupResponseData> joining(Classic member, Set<String> owned) {
    JoinGroupRequestData request =
        new JoinGroupRequestData()
            .setGroupId("g")
            .setMemberId(member.id)
            .setGroupInstanceId(member.instance)
            .setProtocolType(protocolType)
            .setSessionTimeoutMs(6_000)
            .setRebalanceTimeoutMs(9_000);
    request
        .protocols()
        .add(
            new JoinGroupRequestProtocol()
                .setName(member.protocol)
                .setMetadata(subscription(owned)));
    return trial.send(request, JOIN, JoinGroupResponseData.class);
  }

  /** Joins and syncs with a coordinator that assigns; the member has given everything up. */
  void rejoin(Classic member) {
    rejoin(member, Set.of());
  }

  void rejoin(Classic member, Set<String> owned) {
    AtomicReference<JoinGroupResponseData> answer = joining(member, owned);
    trial.advance(0);
    joined(member, answer);
    member.owned = synced(member);
  }

  /** Joins a classic group alone, and assigns itself everything. */
  void rejoinAndLead(Classic member) {
    AtomicReference<JoinGroupResponseData> answer = joining(member, Set.of());
    trial.advance(0);
    lead(member, answer);
  }

  void lead(Classic member, AtomicReference<JoinGroupResponseData> answer) {
    joined(member, answer);
    assertEquals(member.id, member.leader);
    assign(List.of(member));
  }

  private SyncGroupRequestData syncRequest(Classic member) {
    return new SyncGroupRequestData()
        .setGroupId("g")
        .setMemberId(member.id)
        .setGroupInstanceId(member.instance)
        .setGenerationId(member.generation)
        .setProtocolType(protocolType)
        .setProtocolName(member.protocol);
  }

  /** What the member is given. */
  Set<String> synced(Classic member) {
    SyncGroupResponseData answer = trial.ask(syncRequest(member), SyncGroupResponseData.class);
    assertEquals(Errors.NONE.code(), answer.errorCode());
    assertEquals(member.protocol, answer.protocolName());
    ByteBuffer bytes = ByteBuffer.wrap(answer.assignment());
    Set<String> owned = new TreeSet<>();
    new ConsumerProtocolAssignment(new ByteBufferAccessor(bytes), bytes.getShort())
        .assignedPartitions()
        .forEach(part -> part.partitions().forEach(each -> owned.add(part.topic() + "-" + each)));
    return owned;
  }

  Errors sync(Classic member, int generation, String protocol) {
    SyncGroupRequestData request =
        syncRequest(member).setGenerationId(generation).setProtocolName(protocol);
    return Errors.forCode(trial.ask(request, SyncGroupResponseData.class).errorCode());
  }

  Errors heartbeat(Classic member) {
    HeartbeatRequestData request =
        new HeartbeatRequestData()
            .setGroupId("g")
            .setMemberId(member.id)
            .setGroupInstanceId(member.instance)
            .setGenerationId(member.generation);
    return Errors.forCode(trial.ask(request, HeartbeatResponseData.class).errorCode());
  }

  Errors leave(Classic member) {
    LeaveGroupRequestData request =
        new LeaveGroupRequestData()
            .setGroupId("g")
            .setMembers(List.of(new MemberIdentity().setMemberId(member.id)));
    LeaveGroupResponseData answer = trial.ask(request, LeaveGroupResponseData.class);
    assertEquals(Errors.NONE.code(), answer.errorCode());
    return Errors.forCode(answer.members().get(0).errorCode());
  }

  // ---- offsets

  Errors commit(String member, int epoch, int partition, long offset) {
    OffsetCommitRequestData request =
        new OffsetCommitRequestData()
            .setGroupId("g")
            .setMemberId(member)
            .setGenerationIdOrMemberEpoch(epoch)
            .setTopics(
                List.of(
                    new OffsetCommitRequestTopic()
                        .setTopicId(GroupTrial.TOPIC_ID)
                        .setPartitions(
                            List.of(
                                new OffsetCommitRequestPartition()
                                    .setPartitionIndex(partition)
                                    .setCommittedOffset(offset)))));
    OffsetCommitResponseData answer = trial.ask(request, OffsetCommitResponseData.class);
    return Errors.forCode(answer.topics().get(0).partitions().get(0).errorCode());
  }

  private OffsetFetchResponseData.OffsetFetchResponseGroup fetched(String member, int epoch) {
    OffsetFetchRequestGroup group = new OffsetFetchRequestGroup();
    group.setGroupId("g").setMemberId(member).setMemberEpoch(epoch).setTopics(null);
    return trial
        .ask(new OffsetFetchRequestData().setGroups(List.of(group)), OffsetFetchResponseData.class)
        .groups()
        .get(0);
  }

  Errors fetch(String member, int epoch) {
    return Errors.forCode(fetched(member, epoch).errorCode());
  }

  /** The committed offset of a partition, −1 for none. */
  long committed(int partition) {
    return fetched(null, -1).topics().stream()
        .flatMap(topic -> topic.partitions().stream())
        .filter(each -> each.partitionIndex() == partition)
        .mapToLong(each -> each.committedOffset())
        .findFirst()
        .orElse(-1);
  }

  // ---- administration

  /** Type and state of the group. */
  String listed() {
    ListGroupsResponseData answer =
        trial.ask(new ListGroupsRequestData(), ListGroupsResponseData.class);
    assertEquals(1, answer.groups().size(), answer.toString());
    return answer.groups().get(0).groupType() + " " + answer.groups().get(0).groupState();
  }

  /** Which protocol each member of the consumer group uses. */
  Map<String, String> protocols() {
    Map<String, String> protocols = new TreeMap<>();
    trial
        .ask(
            new ConsumerGroupDescribeRequestData().setGroupIds(List.of("g")),
            ConsumerGroupDescribeResponseData.class)
        .groups()
        .get(0)
        .members()
        .forEach(
            member ->
                protocols.put(
                    member.memberId(), member.memberType() == 0 ? "classic" : "consumer"));
    return protocols;
  }

  Errors describedAsClassic() {
    return Errors.forCode(
        trial
            .ask(
                new DescribeGroupsRequestData().setGroups(List.of("g")),
                DescribeGroupsResponseData.class)
            .groups()
            .get(0)
            .errorCode());
  }
}
