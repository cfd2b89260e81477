package dev.trial.broker.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.trial.broker.defect.Defects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
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
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** Each rule of KIP-848 by itself, on the wire. */
class ConsumerGroupRulesTest {
  private GroupTrial trial = loaded(Map.of());

  private static GroupTrial loaded(Map<String, String> settings) {
    GroupTrial trial = new GroupTrial(settings, Defects.NONE);
    trial.advance(0);
    return trial;
  }

  // ---- requests

  private static ConsumerGroupHeartbeatRequestData beat(String member, int epoch) {
    return new ConsumerGroupHeartbeatRequestData()
        .setGroupId("g")
        .setMemberId(member)
        .setMemberEpoch(epoch);
  }

  private static ConsumerGroupHeartbeatRequestData joining(String member, String... topics) {
    return beat(member, 0)
        .setRebalanceTimeoutMs(9_000)
        .setSubscribedTopicNames(List.of(topics))
        .setTopicPartitions(List.of());
  }

  private static List<TopicPartitions> owned(Integer... partitions) {
    return List.of(
        new TopicPartitions().setTopicId(GroupTrial.TOPIC_ID).setPartitions(List.of(partitions)));
  }

  private ConsumerGroupHeartbeatResponseData send(ConsumerGroupHeartbeatRequestData request) {
    return trial.ask(request, ConsumerGroupHeartbeatResponseData.class);
  }

  private Errors error(ConsumerGroupHeartbeatRequestData request) {
    return Errors.forCode(send(request).errorCode());
  }

  private static List<Integer> told(ConsumerGroupHeartbeatResponseData answer) {
    if (answer.assignment() == null) {
      return null;
    }
    List<Integer> partitions = new ArrayList<>();
    answer.assignment().topicPartitions().forEach(topic -> partitions.addAll(topic.partitions()));
    return partitions;
  }

  private DescribedGroup described() {
    return trial
        .ask(
            new ConsumerGroupDescribeRequestData().setGroupIds(List.of("g")),
            ConsumerGroupDescribeResponseData.class)
        .groups()
        .get(0);
  }

  private Errors commit(String member, int epoch, int partition) {
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
                                    .setCommittedOffset(5)))));
    OffsetCommitResponseData answer = trial.ask(request, OffsetCommitResponseData.class);
    return Errors.forCode(answer.topics().get(0).partitions().get(0).errorCode());
  }

  private Errors fetch(String member, int epoch) {
    OffsetFetchRequestGroup group = new OffsetFetchRequestGroup();
    group.setGroupId("g").setMemberId(member).setMemberEpoch(epoch).setTopics(null);
    return Errors.forCode(
        trial
            .ask(
                new OffsetFetchRequestData().setGroups(List.of(group)),
                OffsetFetchResponseData.class)
            .groups()
            .get(0)
            .errorCode());
  }

  // ---- membership

  @Test
  void theFirstMemberGetsEverythingAtOnce() {
    ConsumerGroupHeartbeatResponseData answer = send(joining("a", "t"));
    assertEquals(Errors.NONE.code(), answer.errorCode());
    assertEquals(2, answer.memberEpoch());
    assertEquals(5_000, answer.heartbeatIntervalMs());
    assertEquals(List.of(0, 1, 2, 3), told(answer));
    assertNull(send(beat("a", 2)).assignment(), "nothing new is not told again");
    assertEquals("Stable", described().groupState());
  }

  @Test
  void aPartitionChangesHandsOnlyWhenItWasGivenUp() {
    send(joining("a", "t"));
    trial.advance(1_000);
    ConsumerGroupHeartbeatResponseData joined = send(joining("b", "t"));
    assertEquals(3, joined.memberEpoch());
    assertEquals(List.of(), told(joined), "a still has them all");
    ConsumerGroupHeartbeatResponseData revoking = send(beat("a", 2));
    assertEquals(2, revoking.memberEpoch(), "it stays in its epoch until it has revoked");
    assertEquals(List.of(0, 1), told(revoking));
    assertEquals("Reconciling", described().groupState());
    assertNull(send(beat("b", 3)).assignment());
    assertEquals(3, send(beat("a", 2).setTopicPartitions(owned(0, 1))).memberEpoch());
    assertEquals(List.of(2, 3), told(send(beat("b", 3))));
    assertEquals("Stable", described().groupState());
  }

  @Test
  void targetsAreNotComputedMoreOftenThanTheAssignmentInterval() {
    trial.advance(1);
    send(joining("a", "t"));
    trial.advance(500);
    assertEquals(2, send(joining("b", "t")).memberEpoch(), "the target of epoch 3 has to wait");
    assertEquals("Assigning", described().groupState());
    trial.advance(500);
    assertEquals(3, send(beat("b", 2)).memberEpoch());
  }

  @Test
  void aMemberThatSaysTooMuchOrTooLittleIsFenced() {
    send(joining("a", "t"));
    assertEquals(Errors.FENCED_MEMBER_EPOCH, error(beat("a", 3)));
    assertEquals(Errors.FENCED_MEMBER_EPOCH, error(beat("a", 1)));
    assertEquals(Errors.UNKNOWN_MEMBER_ID, error(beat("b", 1)));
    assertEquals(Errors.NONE, error(joining("a", "t")), "epoch 0 joins again");
    assertEquals(Errors.GROUP_ID_NOT_FOUND, error(beat("a", 1).setGroupId("other")));
    assertEquals(Errors.GROUP_ID_NOT_FOUND, error(beat("a", -1).setGroupId("other")));
  }

  @Test
  void aLostAnswerIsForgivenToWhoOwnsNothingWrong() {
    send(joining("a", "t"));
    trial.partitions(5, 0);
    trial.advance(1_000);
    assertEquals(3, send(beat("a", 2)).memberEpoch());
    assertEquals(Errors.FENCED_MEMBER_EPOCH, error(beat("a", 2)), "it does not say what it owns");
    assertEquals(Errors.FENCED_MEMBER_EPOCH, error(beat("a", 2).setTopicPartitions(owned(7))));
    assertEquals(Errors.NONE, error(beat("a", 2).setTopicPartitions(owned(0, 1, 2, 3))));
  }

  @Test
  void sessionsEnd() {
    send(joining("a", "t"));
    trial.advance(30_000);
    send(joining("b", "t"));
    trial.advance(14_999);
    assertEquals(2, described().members().size());
    trial.advance(1);
    assertEquals(1, described().members().size());
    assertEquals(Errors.UNKNOWN_MEMBER_ID, error(beat("a", 2)));
    assertEquals(List.of(0, 1, 2, 3), told(send(beat("b", 3))));
  }

  @Test
  void whoDoesNotRevokeInTimeIsOut() {
    send(joining("a", "t"));
    trial.advance(1_000);
    send(joining("b", "t"));
    send(beat("a", 2));
    trial.advance(8_999);
    assertEquals(Errors.NONE, error(beat("a", 2)));
    trial.advance(1);
    assertEquals(Errors.UNKNOWN_MEMBER_ID, error(beat("a", 2)));
    assertEquals(List.of(0, 1, 2, 3), told(send(beat("b", 3))));
  }

  @Test
  void whoRevokedInTimeStays() {
    send(joining("a", "t"));
    trial.advance(1_000);
    send(joining("b", "t"));
    send(beat("a", 2));
    send(beat("a", 2).setTopicPartitions(owned(0, 1)));
    trial.advance(20_000);
    assertEquals(Errors.NONE, error(beat("a", 3)));
  }

  @Test
  void aMemberLeavesAtOnce() {
    send(joining("a", "t"));
    trial.advance(1_000);
    send(joining("b", "t"));
    ConsumerGroupHeartbeatResponseData left = send(beat("a", -1));
    assertEquals(-1, left.memberEpoch());
    trial.advance(1_000);
    assertEquals(List.of(0, 1, 2, 3), told(send(beat("b", 3))));
    assertEquals(Errors.UNKNOWN_MEMBER_ID, error(beat("a", -1)));
  }

  @Test
  void topicsThatAppearAndGrowAreAssigned() {
    assertEquals(List.of(), told(send(joining("a", "u"))));
    trial.advance(1_000);
    trial.partitions(4, 2);
    ConsumerGroupHeartbeatResponseData answer = send(beat("a", 2));
    assertEquals(3, answer.memberEpoch());
    assertEquals(List.of(0, 1), told(answer));
    trial.advance(1_000);
    trial.partitions(4, 0);
    ConsumerGroupHeartbeatResponseData gone = send(beat("a", 3));
    assertEquals(List.of(), told(gone));
  }

  @Test
  void aMemberThatChangesItsTopicsGivesUpTheOldOnes() {
    trial.partitions(4, 2);
    send(joining("a", "t"));
    ConsumerGroupHeartbeatResponseData answer =
        send(beat("a", 2).setSubscribedTopicNames(List.of("u")));
    assertEquals(List.of(), told(answer), "though the new target is not computed yet");
    trial.advance(1_000);
    assertEquals(List.of(0, 1), told(send(beat("a", 2).setTopicPartitions(List.of()))));
  }

  @Test
  void aFullGroupTakesNobodyElse() {
    trial = loaded(Map.of("group.consumer.max.size", "1"));
    send(joining("a", "t"));
    assertEquals(Errors.GROUP_MAX_SIZE_REACHED, error(joining("b", "t")));
    assertEquals(Errors.NONE, error(joining("a", "t")));
  }

  @Test
  void assignorsAreChosenByVote() {
    send(joining("a", "t").setServerAssignor("range"));
    assertEquals("range", described().assignorName());
    assertEquals(Errors.UNSUPPORTED_ASSIGNOR, error(joining("b", "t").setServerAssignor("mine")));
  }

  @Test
  void senselessRequestsAreRefused() {
    List<ConsumerGroupHeartbeatRequestData> senseless =
        List.of(
            joining("", "t"),
            joining("a", "t").setGroupId(""),
            joining("a", "t").setInstanceId(""),
            joining("a", "t").setRackId(""),
            joining("a", "t").setRebalanceTimeoutMs(-1),
            joining("a", "t").setTopicPartitions(null),
            joining("a", "t").setTopicPartitions(owned(1)),
            joining("a", "t").setSubscribedTopicNames(null),
            beat("a", -2),
            beat("a", -3));
    for (ConsumerGroupHeartbeatRequestData request : senseless) {
      assertEquals(Errors.INVALID_REQUEST, error(request), request.toString());
    }
    assertEquals(
        Errors.INVALID_REGULAR_EXPRESSION,
        error(joining("a").setSubscribedTopicRegex("t(")),
        "no expression of RE2");
  }

  @Test
  void aPatternSubscribesToWhatMatchesAsAWhole() {
    trial.partitions(4, 2);
    ConsumerGroupHeartbeatResponseData joined =
        send(joining("a").setSubscribedTopicNames(null).setSubscribedTopicRegex("[tv]"));
    assertEquals(List.of(0, 1, 2, 3), told(joined), "t, and neither u nor __consumer_offsets");
    assertEquals("[tv]", described().members().get(0).subscribedTopicRegex());
  }

  @Test
  void aTopicThatBeginsToMatchIsAssigned() {
    send(joining("a").setSubscribedTopicNames(null).setSubscribedTopicRegex("[tu]"));
    trial.advance(2_000);
    trial.partitions(4, 2);
    ConsumerGroupHeartbeatResponseData answer =
        send(beat("a", 2).setTopicPartitions(owned(0, 1, 2, 3)));
    assertEquals(6, told(answer).size());
  }

  @Test
  void aGroupsOwnTimingsGoBeforeTheCoordinators() {
    trial.groupConfigs(Map.of("consumer.session.timeout.ms", "50000"));
    send(joining("a", "t"));
    trial.advance(46_000);
    assertEquals(1, described().members().size());
    trial.advance(5_000);
    assertEquals(0, described().members().size());
  }

  @Test
  void membersAreToldTheGroupsHeartbeatInterval() {
    trial.groupConfigs(Map.of("consumer.heartbeat.interval.ms", "7000"));
    assertEquals(7_000, send(joining("a", "t")).heartbeatIntervalMs());
  }

  @Test
  void beforeVersion1TheCoordinatorMakesUpTheMemberId() {
    ConsumerGroupHeartbeatResponseData answer =
        trial.send(joining("", "t"), 0, ConsumerGroupHeartbeatResponseData.class).get();
    assertEquals(Errors.NONE.code(), answer.errorCode());
    assertEquals(22, answer.memberId().length());
  }

  // ---- static members

  private static ConsumerGroupHeartbeatRequestData fixed(
      ConsumerGroupHeartbeatRequestData request) {
    return request.setInstanceId("i");
  }

  @Test
  void aStaticMemberComesBackToWhatItHad() {
    send(fixed(joining("a", "t")));
    trial.advance(1_000);
    assertEquals(Errors.UNRELEASED_INSTANCE_ID, error(fixed(joining("b", "t"))));
    assertEquals(-2, send(fixed(beat("a", -2))).memberEpoch());
    int epoch = described().groupEpoch();
    ConsumerGroupHeartbeatResponseData back = send(fixed(joining("b", "t")));
    assertEquals(List.of(0, 1, 2, 3), told(back));
    assertEquals(epoch, described().groupEpoch(), "nothing was rebalanced");
    assertEquals(Errors.FENCED_INSTANCE_ID, error(fixed(beat("a", 2))));
    assertEquals(Errors.FENCED_INSTANCE_ID, error(fixed(beat("a", -1))));
    assertEquals(1, described().members().size());
  }

  @Test
  void aStaticMemberThatStaysAwayIsReplaced() {
    send(fixed(joining("a", "t")));
    trial.advance(1_000);
    send(joining("b", "t"));
    send(fixed(beat("a", -2)));
    assertNull(send(beat("b", 3)).assignment(), "they are kept for it");
    trial.advance(43_999);
    assertNull(send(beat("b", 3)).assignment());
    trial.advance(1);
    assertEquals(List.of(0, 1, 2, 3), told(send(beat("b", 3))));
    assertEquals(Errors.UNKNOWN_MEMBER_ID, error(fixed(beat("a", 2))));
  }

  @Test
  void anAdministratorRemovesMembers() {
    send(fixed(joining("a", "t")));
    trial.advance(1_000);
    send(joining("b", "t"));
    int epoch = described().groupEpoch();
    LeaveGroupRequestData request =
        new LeaveGroupRequestData()
            .setGroupId("g")
            .setMembers(
                List.of(
                    new MemberIdentity().setGroupInstanceId("i"),
                    new MemberIdentity().setMemberId("b"),
                    new MemberIdentity().setMemberId("c")));
    LeaveGroupResponseData answer = trial.ask(request, LeaveGroupResponseData.class);
    assertEquals(
        List.of(Errors.NONE, Errors.NONE, Errors.UNKNOWN_MEMBER_ID),
        answer.members().stream().map(member -> Errors.forCode(member.errorCode())).toList());
    assertEquals("Empty", described().groupState());
    assertEquals(epoch + 1, described().groupEpoch());
  }

  // ---- the log

  @Test
  void theGroupSurvivesAMoveOfTheCoordinator() {
    send(fixed(joining("a", "t")));
    trial.advance(1_000);
    send(joining("b", "t"));
    send(fixed(beat("a", 2)));
    DescribedGroup before = described();
    trial.moveCoordinator();
    trial.advance(0);
    assertEquals(before, described());
    assertEquals(Errors.NONE, error(fixed(beat("a", 2))));
    trial.advance(9_000);
    assertEquals(1, described().members().size(), "the time to revoke began anew, and is over");
  }

  @Test
  void whoAskedIsAnsweredWhenTheLogHasIt() {
    trial.advance(0);
    trial.log.hold = true;
    AtomicReference<ConsumerGroupHeartbeatResponseData> joined =
        trial.send(joining("a", "t"), 1, ConsumerGroupHeartbeatResponseData.class);
    AtomicReference<ConsumerGroupHeartbeatResponseData> next =
        trial.send(beat("a", 2), 1, ConsumerGroupHeartbeatResponseData.class);
    assertNull(joined.get());
    assertNull(next.get(), "it must not tell what may be lost");
    assertEquals(Errors.GROUP_ID_NOT_FOUND.code(), described().errorCode());
    trial.log.release();
    assertEquals(2, joined.get().memberEpoch());
    assertEquals(2, next.get().memberEpoch());
    assertEquals("Stable", described().groupState());
  }

  @Test
  void whatTheLogRefusesDidNotHappen() {
    send(joining("a", "t"));
    trial.advance(1_000);
    trial.log.error = Errors.NOT_ENOUGH_REPLICAS;
    assertEquals(Errors.COORDINATOR_NOT_AVAILABLE, error(joining("b", "t")));
    assertEquals(Errors.COORDINATOR_NOT_AVAILABLE, error(beat("a", -1)));
    trial.log.error = Errors.NONE;
    assertEquals(Errors.UNKNOWN_MEMBER_ID, error(beat("b", 3)));
    assertEquals(Errors.NONE, error(beat("a", 2)));
  }

  @Test
  void aSessionEndsThoughTheLogRefusesForAWhile() {
    send(joining("a", "t"));
    trial.log.error = Errors.NOT_ENOUGH_REPLICAS;
    trial.advance(45_000);
    trial.log.error = Errors.NONE;
    trial.advance(499);
    assertEquals(1, described().members().size());
    trial.advance(1);
    assertEquals(0, described().members().size());
  }

  // ---- offsets

  @Test
  void commitsAreOfThePresentEpochOrOfWhatWasOwnedSince() {
    send(joining("a", "t"));
    trial.advance(1_000);
    send(joining("b", "t"));
    send(beat("a", 2));
    assertEquals(Errors.NONE, commit("a", 2, 3), "still to be revoked");
    send(beat("a", 2).setTopicPartitions(owned(0, 1)));
    send(beat("b", 3));
    assertEquals(Errors.STALE_MEMBER_EPOCH, commit("a", 2, 3), "b owns it");
    assertEquals(Errors.NONE, commit("a", 2, 0), "a has owned it since epoch 2 (KIP-1251)");
    assertEquals(Errors.STALE_MEMBER_EPOCH, commit("a", 4, 0));
    assertEquals(Errors.UNKNOWN_MEMBER_ID, commit("c", 3, 0));
    assertEquals(Errors.UNKNOWN_MEMBER_ID, commit("", -1, 0), "the group is not empty");
    assertEquals(Errors.STALE_MEMBER_EPOCH, commit("b", 2, 3));
  }

  private Errors commitInTransaction(String member, int epoch, int partition) {
    TxnOffsetCommitRequestData request =
        new TxnOffsetCommitRequestData()
            .setTransactionalId("x")
            .setGroupId("g")
            .setMemberId(member)
            .setGenerationId(epoch)
            .setTopics(
                List.of(
                    new TxnOffsetCommitRequestTopic()
                        .setName("t")
                        .setPartitions(
                            List.of(
                                new TxnOffsetCommitRequestPartition()
                                    .setPartitionIndex(partition)))));
    TxnOffsetCommitResponseData answer = trial.ask(request, TxnOffsetCommitResponseData.class);
    return Errors.forCode(answer.topics().get(0).partitions().get(0).errorCode());
  }

  @Test
  void transactionsAreToldOfAnIllegalGeneration() {
    send(joining("a", "t"));
    trial.advance(1_000);
    send(joining("b", "t"));
    send(beat("a", 2));
    send(beat("a", 2).setTopicPartitions(owned(0, 1)));
    assertEquals(Errors.NONE, commitInTransaction("a", 3, 0));
    assertEquals(Errors.NONE, commitInTransaction("a", 2, 0), "owned since epoch 2");
    assertEquals(Errors.ILLEGAL_GENERATION, commitInTransaction("a", 2, 3));
    assertEquals(Errors.UNKNOWN_MEMBER_ID, commitInTransaction("c", 3, 0));
    assertEquals(Errors.NONE, commitInTransaction("", -1, 3), "a producer that does not say");
  }

  @Test
  void offsetsAreToldToMembersOfThePresentEpoch() {
    send(joining("a", "t"));
    assertEquals(Errors.NONE, fetch("a", 2));
    assertEquals(Errors.STALE_MEMBER_EPOCH, fetch("a", 1));
    assertEquals(Errors.UNKNOWN_MEMBER_ID, fetch("b", 2));
    assertEquals(Errors.NONE, fetch(null, -1), "an administrator");
  }

  @Test
  void anEmptyGroupIsDeletedWithItsOffsets() {
    send(joining("a", "t"));
    commit("a", 2, 0);
    DeleteGroupsRequestData request = new DeleteGroupsRequestData().setGroupsNames(List.of("g"));
    assertEquals(
        Errors.NON_EMPTY_GROUP.code(),
        trial.ask(request, DeleteGroupsResponseData.class).results().find("g").errorCode());
    send(beat("a", -1));
    assertEquals(
        Errors.NONE.code(),
        trial.ask(request, DeleteGroupsResponseData.class).results().find("g").errorCode());
    trial.moveCoordinator();
    trial.advance(0);
    assertEquals(Errors.GROUP_ID_NOT_FOUND.code(), described().errorCode());
    assertEquals(Errors.GROUP_ID_NOT_FOUND, commit("a", 2, 0));
  }

  // ---- the other protocol

  private JoinGroupResponseData classicJoin(String member) {
    JoinGroupRequestData request =
        new JoinGroupRequestData()
            .setGroupId("g")
            .setMemberId(member)
            .setProtocolType("consumer")
            .setSessionTimeoutMs(10_000)
            .setRebalanceTimeoutMs(30_000);
    request
        .protocols()
        .add(new JoinGroupRequestProtocol().setName("range").setMetadata(new byte[0]));
    return trial.ask(request, JoinGroupResponseData.class);
  }

  private String listed() {
    ListGroupsResponseData answer =
        trial.ask(
            new ListGroupsRequestData().setTypesFilter(List.of("Consumer")),
            ListGroupsResponseData.class);
    return answer.groups().isEmpty()
        ? "none"
        : answer.groups().get(0).groupType() + " " + answer.groups().get(0).groupState();
  }

  @Test
  void withoutMigrationAGroupChangesItsProtocolOnlyWhileItIsEmpty() {
    trial = loaded(Map.of("group.consumer.migration.policy", "disabled"));
    send(joining("a", "t"));
    commit("a", 2, 0);
    assertEquals("consumer Stable", listed());
    assertEquals(Errors.INCONSISTENT_GROUP_PROTOCOL.code(), classicJoin("").errorCode());
    HeartbeatRequestData classic =
        new HeartbeatRequestData().setGroupId("g").setMemberId("a").setGenerationId(2);
    assertEquals(
        Errors.UNKNOWN_MEMBER_ID.code(),
        trial.ask(classic, HeartbeatResponseData.class).errorCode());
    send(beat("a", -1));
    String classicId = classicJoin("").memberId();
    assertEquals(Errors.NONE.code(), classicJoin(classicId).errorCode());
    assertEquals("none", listed());
    assertEquals(Errors.GROUP_ID_NOT_FOUND, error(joining("a", "t")), "classic members are there");
    trial.advance(50_000);
    assertEquals(Errors.NONE, error(joining("a", "t")));
    trial.moveCoordinator();
    trial.advance(0);
    assertEquals("consumer Stable", listed());
    assertEquals(Errors.NONE, fetch("a", 2));
  }
}
