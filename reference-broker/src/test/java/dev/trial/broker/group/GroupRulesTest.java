package dev.trial.broker.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class GroupRulesTest {
  private static final int JOIN = 9;
  private GroupTrial trial = new GroupTrial();

  // ---- requests

  private static JoinGroupRequestData join(String member, String instance, String... protocols) {
    JoinGroupRequestData request =
        new JoinGroupRequestData()
            .setGroupId("g")
            .setMemberId(member)
            .setGroupInstanceId(instance)
            .setProtocolType("consumer")
            .setSessionTimeoutMs(10_000)
            .setRebalanceTimeoutMs(30_000);
    for (String protocol : protocols) {
      request
          .protocols()
          .add(new JoinGroupRequestProtocol().setName(protocol).setMetadata(new byte[0]));
    }
    return request;
  }

  private AtomicReference<JoinGroupResponseData> joining(String member) {
    return trial.send(join(member, null, "range"), JOIN, JoinGroupResponseData.class);
  }

  private String newMemberId() {
    JoinGroupResponseData told = joining("").get();
    assertEquals(Errors.MEMBER_ID_REQUIRED.code(), told.errorCode());
    return told.memberId();
  }

  private JoinGroupResponseData joined(AtomicReference<JoinGroupResponseData> answer) {
    trial.advance(0);
    assertEquals(Errors.NONE.code(), answer.get().errorCode());
    return answer.get();
  }

  private AtomicReference<SyncGroupResponseData> syncing(
      JoinGroupResponseData joined, Map<String, byte[]> assignment) {
    SyncGroupRequestData request =
        new SyncGroupRequestData()
            .setGroupId("g")
            .setMemberId(joined.memberId())
            .setGenerationId(joined.generationId())
            .setProtocolType("consumer")
            .setProtocolName("range");
    assignment.forEach(
        (member, bytes) ->
            request
                .assignments()
                .add(new SyncGroupRequestAssignment().setMemberId(member).setAssignment(bytes)));
    return trial.send(request, 5, SyncGroupResponseData.class);
  }

  private Errors heartbeat(JoinGroupResponseData joined) {
    return Errors.forCode(
        trial
            .ask(
                new HeartbeatRequestData()
                    .setGroupId("g")
                    .setMemberId(joined.memberId())
                    .setGenerationId(joined.generationId()),
                HeartbeatResponseData.class)
            .errorCode());
  }

  private static OffsetCommitRequestData commitRequest(String member, int generation, long offset) {
    return new OffsetCommitRequestData()
        .setGroupId("g")
        .setMemberId(member)
        .setGenerationIdOrMemberEpoch(generation)
        .setTopics(
            List.of(
                new OffsetCommitRequestTopic()
                    .setTopicId(GroupTrial.TOPIC_ID)
                    .setPartitions(
                        List.of(
                            new OffsetCommitRequestPartition()
                                .setPartitionIndex(0)
                                .setCommittedOffset(offset)
                                .setCommittedMetadata("m")))));
  }

  private Errors commit(String member, int generation, long offset) {
    OffsetCommitResponseData response =
        trial.ask(commitRequest(member, generation, offset), OffsetCommitResponseData.class);
    return Errors.forCode(response.topics().get(0).partitions().get(0).errorCode());
  }

  private static OffsetFetchRequestData fetchRequest() {
    return new OffsetFetchRequestData()
        .setRequireStable(true)
        .setGroups(
            List.of(
                new OffsetFetchRequestGroup()
                    .setGroupId("g")
                    .setTopics(
                        List.of(
                            new OffsetFetchRequestTopics()
                                .setTopicId(GroupTrial.TOPIC_ID)
                                .setPartitionIndexes(List.of(0))))));
  }

  private static long offset(OffsetFetchResponseData response) {
    return response.groups().get(0).topics().get(0).partitions().get(0).committedOffset();
  }

  private long committed() {
    return offset(trial.ask(fetchRequest(), OffsetFetchResponseData.class));
  }

  /** A stable group of one. */
  private JoinGroupResponseData alone() {
    trial.advance(0);
    JoinGroupResponseData only = joined(joining(newMemberId()));
    AtomicReference<SyncGroupResponseData> synced =
        syncing(only, Map.of(only.memberId(), new byte[] {1}));
    assertArrayEquals(new byte[] {1}, synced.get().assignment());
    return only;
  }

  // ---- rules

  @Test
  void aMemberLearnsItsIdFirst() {
    JoinGroupResponseData only = alone();
    assertEquals(1, only.generationId());
    assertEquals(only.memberId(), only.leader());
    assertTrue(only.memberId().startsWith("client-"));
    assertEquals(Errors.NONE, heartbeat(only));
  }

  @Test
  void anOldJoinNeedsNoIdBeforehand() {
    trial.advance(0);
    AtomicReference<JoinGroupResponseData> old =
        trial.send(join("", null, "range"), 3, JoinGroupResponseData.class);
    assertEquals(1, joined(old).generationId());
  }

  @Test
  void aSecondMemberMakesTheFirstRejoin() {
    JoinGroupResponseData first = alone();
    AtomicReference<JoinGroupResponseData> second = joining(newMemberId());
    assertNull(second.get());
    assertEquals(Errors.REBALANCE_IN_PROGRESS, heartbeat(first));
    AtomicReference<JoinGroupResponseData> again = joining(first.memberId());
    assertEquals(2, joined(again).generationId());
    assertEquals(2, joined(second).generationId());
    assertEquals(2, again.get().members().size());
    assertEquals(0, second.get().members().size());
    AtomicReference<SyncGroupResponseData> follower = syncing(second.get(), Map.of());
    assertNull(follower.get());
    syncing(again.get(), Map.of(second.get().memberId(), new byte[] {9}));
    assertArrayEquals(new byte[] {9}, follower.get().assignment());
    assertEquals(Errors.ILLEGAL_GENERATION, commit(first.memberId(), 1, 5));
  }

  @Test
  void aMemberThatDoesNotRejoinIsOutAfterTheRebalanceTimeout() {
    JoinGroupResponseData first = alone();
    AtomicReference<JoinGroupResponseData> second = joining(newMemberId());
    trial.advance(9_000);
    assertEquals(Errors.REBALANCE_IN_PROGRESS, heartbeat(first));
    trial.advance(9_000);
    assertEquals(Errors.REBALANCE_IN_PROGRESS, heartbeat(first));
    trial.advance(9_000);
    assertEquals(Errors.REBALANCE_IN_PROGRESS, heartbeat(first));
    assertNull(second.get());
    trial.advance(4_000);
    assertEquals(second.get().memberId(), second.get().leader());
    assertEquals(Errors.UNKNOWN_MEMBER_ID, heartbeat(first));
  }

  @Test
  void silenceEndsASession() {
    JoinGroupResponseData only = alone();
    trial.advance(10_000);
    assertEquals(Errors.UNKNOWN_MEMBER_ID, heartbeat(only));
    assertEquals(Errors.UNKNOWN_MEMBER_ID, commit(only.memberId(), only.generationId(), 3));
    assertEquals("Empty", described());
  }

  @Test
  void leavingEndsItAtOnce() {
    JoinGroupResponseData only = alone();
    LeaveGroupResponseData left =
        trial.ask(
            new LeaveGroupRequestData()
                .setGroupId("g")
                .setMembers(
                    List.of(
                        new MemberIdentity().setMemberId(only.memberId()),
                        new MemberIdentity().setMemberId("stranger"))),
            LeaveGroupResponseData.class);
    assertEquals(Errors.NONE.code(), left.members().get(0).errorCode());
    assertEquals(Errors.UNKNOWN_MEMBER_ID.code(), left.members().get(1).errorCode());
    assertEquals("Empty", described());
  }

  @Test
  void aReturningStaticMemberKeepsTheGenerationAndFencesTheOldOne() {
    trial.advance(0);
    JoinGroupResponseData first =
        joined(trial.send(join("", "i", "range"), JOIN, JoinGroupResponseData.class));
    syncing(first, Map.of(first.memberId(), new byte[] {4}));
    JoinGroupResponseData back =
        joined(trial.send(join("", "i", "range"), JOIN, JoinGroupResponseData.class));
    assertEquals(first.generationId(), back.generationId());
    assertTrue(back.skipAssignment());
    assertNotEquals(first.memberId(), back.memberId());
    assertArrayEquals(new byte[] {4}, syncing(back, Map.of()).get().assignment());
    HeartbeatResponseData fenced =
        trial.ask(
            new HeartbeatRequestData()
                .setGroupId("g")
                .setMemberId(first.memberId())
                .setGroupInstanceId("i")
                .setGenerationId(first.generationId()),
            HeartbeatResponseData.class);
    assertEquals(Errors.FENCED_INSTANCE_ID.code(), fenced.errorCode());
  }

  @Test
  void protocolsAreVotedAmongThoseThatAllSupport() {
    trial.advance(0);
    AtomicReference<JoinGroupResponseData> first =
        trial.send(join("", "a", "sticky", "range"), JOIN, JoinGroupResponseData.class);
    AtomicReference<JoinGroupResponseData> second =
        trial.send(join("", "b", "range", "other"), JOIN, JoinGroupResponseData.class);
    assertEquals("range", joined(first).protocolName());
    assertEquals("range", joined(second).protocolName());
    AtomicReference<JoinGroupResponseData> third =
        trial.send(join("", "c", "unknown"), JOIN, JoinGroupResponseData.class);
    assertEquals(Errors.INCONSISTENT_GROUP_PROTOCOL.code(), third.get().errorCode());
  }

  @Test
  void aFullGroupTakesNobody() {
    trial = new GroupTrial(Map.of("group.max.size", "1"), Defects.NONE);
    alone();
    assertEquals(Errors.GROUP_MAX_SIZE_REACHED.code(), joining("").get().errorCode());
  }

  @Test
  void sessionTimeoutsHaveBounds() {
    trial.advance(0);
    JoinGroupResponseData answer =
        trial
            .send(
                join("", null, "range").setSessionTimeoutMs(5_999),
                JOIN,
                JoinGroupResponseData.class)
            .get();
    assertEquals(Errors.INVALID_SESSION_TIMEOUT.code(), answer.errorCode());
  }

  @Test
  void commitsNeedTheCurrentGenerationOrAnEmptyGroup() {
    trial.advance(0);
    assertEquals(Errors.NONE, commit("", -1, 11));
    assertEquals(11, committed());
    JoinGroupResponseData only = alone();
    assertEquals(Errors.UNKNOWN_MEMBER_ID, commit("", -1, 12));
    assertEquals(Errors.ILLEGAL_GENERATION, commit(only.memberId(), 99, 12));
    assertEquals(Errors.UNKNOWN_MEMBER_ID, commit("stranger", only.generationId(), 12));
    assertEquals(Errors.NONE, commit(only.memberId(), only.generationId(), 12));
    assertEquals(12, committed());
  }

  @Test
  void commitsWaitForTheNewAssignment() {
    trial.advance(0);
    JoinGroupResponseData only = joined(joining(newMemberId()));
    assertEquals(Errors.REBALANCE_IN_PROGRESS, commit(only.memberId(), only.generationId(), 1));
  }

  @Test
  void aCommitOfAnUnknownGroupWithAGenerationIsRefused() {
    trial.advance(0);
    assertEquals(Errors.GROUP_ID_NOT_FOUND, commit("m", 3, 1));
  }

  @Test
  void theDefectAcceptsOldGenerations() {
    trial = new GroupTrial(Map.of(), new Defects(Set.of(Defect.COMMIT_FROM_OLD_GENERATION)));
    JoinGroupResponseData first = alone();
    AtomicReference<JoinGroupResponseData> second = joining(newMemberId());
    AtomicReference<JoinGroupResponseData> again = joining(first.memberId());
    syncing(joined(again), Map.of());
    assertEquals(2, joined(second).generationId());
    assertEquals(Errors.NONE, commit(first.memberId(), 1, 5));
    assertEquals(5, committed());
  }

  @Test
  void offsetsAndGroupsMoveWithTheCoordinator() {
    JoinGroupResponseData only = alone();
    assertEquals(Errors.NONE, commit(only.memberId(), only.generationId(), 77));
    trial.moveCoordinator();
    assertEquals(
        Errors.COORDINATOR_LOAD_IN_PROGRESS.code(),
        trial
            .send(fetchRequest(), 10, OffsetFetchResponseData.class)
            .get()
            .groups()
            .get(0)
            .errorCode());
    trial.advance(0);
    assertEquals(77, committed());
    assertEquals(Errors.NONE, heartbeat(only));
    assertEquals(Errors.NONE, commit(only.memberId(), only.generationId(), 78));
    trial.advance(10_000);
    assertEquals(Errors.UNKNOWN_MEMBER_ID, heartbeat(only));
  }

  @Test
  void theDefectForgetsOffsetsWhenTheCoordinatorMoves() {
    trial = new GroupTrial(Map.of(), new Defects(Set.of(Defect.OFFSETS_LOST_AT_COORDINATOR_MOVE)));
    trial.advance(0);
    assertEquals(Errors.NONE, commit("", -1, 5));
    trial.moveCoordinator();
    trial.advance(0);
    assertEquals(-1, committed());
  }

  @Test
  void aCommitIsAnsweredAndSeenOnlyWhenCommitted() {
    trial.advance(0);
    trial.log.hold = true;
    AtomicReference<OffsetCommitResponseData> answer =
        trial.send(commitRequest("", -1, 9), 10, OffsetCommitResponseData.class);
    AtomicReference<OffsetFetchResponseData> stable =
        trial.send(fetchRequest(), 10, OffsetFetchResponseData.class);
    AtomicReference<OffsetFetchResponseData> hasty =
        trial.send(fetchRequest().setRequireStable(false), 10, OffsetFetchResponseData.class);
    assertNull(answer.get());
    assertNull(stable.get());
    assertEquals(-1, offset(hasty.get()));
    trial.log.release();
    assertEquals(9, offset(stable.get()));
    assertEquals(Errors.NONE.code(), answer.get().topics().get(0).partitions().get(0).errorCode());
  }

  @Test
  void aCommitThatIsNotReplicatedInTimeFailsButMayTakeEffectLater() {
    trial.advance(0);
    trial.log.hold = true;
    AtomicReference<OffsetCommitResponseData> answer =
        trial.send(commitRequest("", -1, 9), 10, OffsetCommitResponseData.class);
    trial.advance(5_000);
    assertEquals(
        Errors.COORDINATOR_NOT_AVAILABLE.code(),
        answer.get().topics().get(0).partitions().get(0).errorCode());
    trial.log.release();
    assertEquals(9, committed());
  }

  @Test
  void refusalsOfTheLogAreTranslated() {
    trial.advance(0);
    trial.log.error = Errors.NOT_ENOUGH_REPLICAS;
    assertEquals(Errors.COORDINATOR_NOT_AVAILABLE, commit("", -1, 9));
    trial.log.error = Errors.NOT_LEADER_OR_FOLLOWER;
    assertEquals(Errors.NOT_COORDINATOR, commit("", -1, 9));
    assertEquals(-1, committed());
  }

  @Test
  void anAssignmentThatCannotBeStoredStartsAgain() {
    trial.advance(0);
    JoinGroupResponseData only = joined(joining(newMemberId()));
    trial.log.error = Errors.NOT_ENOUGH_REPLICAS;
    SyncGroupResponseData synced = syncing(only, Map.of()).get();
    assertEquals(Errors.COORDINATOR_NOT_AVAILABLE.code(), synced.errorCode());
    assertEquals("PreparingRebalance", described());
  }

  @Test
  void deletingTakesOnlyEmptyGroups() {
    JoinGroupResponseData only = alone();
    assertEquals(Errors.NONE, commit(only.memberId(), only.generationId(), 5));
    assertEquals(Errors.NON_EMPTY_GROUP, delete());
    trial.advance(10_000);
    assertEquals(Errors.NONE, delete());
    assertEquals(Errors.GROUP_ID_NOT_FOUND, delete());
    assertEquals(-1, committed());
    trial.moveCoordinator();
    trial.advance(0);
    assertEquals(-1, committed());
    assertEquals("Dead", described());
  }

  private Errors delete() {
    DeleteGroupsResponseData response =
        trial.ask(
            new DeleteGroupsRequestData().setGroupsNames(List.of("g")),
            DeleteGroupsResponseData.class);
    return Errors.forCode(response.results().find("g").errorCode());
  }

  private String described() {
    return trial
        .ask(
            new DescribeGroupsRequestData().setGroups(List.of("g")),
            DescribeGroupsResponseData.class)
        .groups()
        .get(0)
        .groupState();
  }

  @Test
  void theOffsetsTopicIsCreatedWhenFirstNeeded() {
    trial.withoutTopic();
    FindCoordinatorRequestData request =
        new FindCoordinatorRequestData().setCoordinatorKeys(List.of("g"));
    FindCoordinatorResponseData first = trial.ask(request, FindCoordinatorResponseData.class);
    assertEquals(Errors.COORDINATOR_NOT_AVAILABLE.code(), first.coordinators().get(0).errorCode());
    assertEquals(List.of(GroupCoordinator.TOPIC), trial.created);
    FindCoordinatorResponseData second = trial.ask(request, FindCoordinatorResponseData.class);
    assertEquals(1, second.coordinators().get(0).nodeId());
  }

  @Test
  void groupsHashAsInKafka() {
    assertEquals(0, GroupCoordinator.partitionOf("polygenelubricants", 50));
    assertEquals(
        Math.abs("my-group".hashCode()) % 50, GroupCoordinator.partitionOf("my-group", 50));
    assertFalse("polygenelubricants".hashCode() != Integer.MIN_VALUE);
  }
}
