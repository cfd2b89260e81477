package dev.trial.broker.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.group.MigratingGroup.Classic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** Groups that change their type while they have members (KIP-848), on the wire. */
class MigrationTest {
  private MigratingGroup group = new MigratingGroup(Map.of(), Defects.NONE);

  private void policy(String policy) {
    group = new MigratingGroup(Map.of("group.consumer.migration.policy", policy), Defects.NONE);
  }

  /** Two classic members, with half of the four partitions each, in generation 2 of their group. */
  private List<Classic> twoClassicMembers() {
    List<Classic> members = group.classicGroup(2);
    assertEquals("classic Stable", group.listed());
    assertEquals(Set.of("t-0", "t-1"), members.get(0).owned);
    assertEquals(Set.of("t-2", "t-3"), members.get(1).owned);
    return members;
  }

  // ---- upgrade

  @Test
  void aMemberOfTheNewProtocolMakesAClassicGroupAConsumerGroup() {
    List<Classic> members = twoClassicMembers();
    int generation = members.get(0).generation;
    ConsumerGroupHeartbeatResponseData answer = group.join("new");
    assertEquals(Errors.NONE.code(), answer.errorCode());
    assertEquals(generation + 1, answer.memberEpoch());
    assertEquals(Set.of(), MigratingGroup.told(answer));
    assertEquals("consumer Reconciling", group.listed());
    assertEquals(
        Map.of(members.get(0).id, "classic", members.get(1).id, "classic", "new", "consumer"),
        group.protocols());
    assertEquals(Errors.GROUP_ID_NOT_FOUND, group.describedAsClassic());
  }

  @Test
  void classicMembersGiveUpWhatTheNewOneIsToOwn() {
    List<Classic> members = twoClassicMembers();
    int epoch = group.join("new").memberEpoch();
    for (Classic member : members) {
      assertEquals(Errors.REBALANCE_IN_PROGRESS, group.heartbeat(member));
      group.rejoin(member);
      assertEquals(epoch, member.generation);
      assertEquals(Errors.NONE, group.heartbeat(member));
    }
    Set<String> told = MigratingGroup.told(group.beat("new", epoch));
    assertEquals(1, told.size());
    assertEquals(
        Set.of("t-0", "t-1", "t-2", "t-3"),
        MigratingGroup.union(told, members.get(0).owned, members.get(1).owned));
    assertEquals("consumer Stable", group.listed());
  }

  /** A cooperative member keeps what it has until it is told, and joins once more to tell. */
  @Test
  void aCooperativeMemberJoinsAgainToTellThatItGaveUp() {
    List<Classic> members = twoClassicMembers();
    int epoch = group.join("new").memberEpoch();
    Classic first = members.get(0);
    Classic second = members.get(1);
    int before = first.generation;
    group.rejoin(first, first.owned);
    group.rejoin(second, second.owned);
    Classic loser = first.generation == before ? first : second;
    Classic other = loser == first ? second : first;
    assertEquals(before, loser.generation);
    assertEquals(1, loser.owned.size());
    assertEquals(epoch, other.generation);
    assertEquals(Set.of(), MigratingGroup.told(group.beatFully("new", epoch)));
    assertEquals(Errors.REBALANCE_IN_PROGRESS, group.heartbeat(loser));
    group.rejoin(loser, loser.owned);
    assertEquals(epoch, loser.generation);
    assertEquals(1, MigratingGroup.told(group.beat("new", epoch)).size());
  }

  @Test
  void whoWaitsForARebalanceIsSentToJoinAgain() {
    List<Classic> members = twoClassicMembers();
    AtomicReference<JoinGroupResponseData> waiting = group.joining(members.get(0), Set.of());
    assertNull(waiting.get());
    group.join("new");
    assertEquals(Errors.REBALANCE_IN_PROGRESS.code(), waiting.get().errorCode());
    group.rejoin(members.get(0));
    assertEquals(Errors.NONE, group.heartbeat(members.get(0)));
  }

  @Test
  void aGroupInItsFirstRebalanceCannotBeConvertedYet() {
    group = new MigratingGroup(Map.of("group.initial.rebalance.delay.ms", "3000"), Defects.NONE);
    Classic member = new Classic("");
    member.id = group.newMemberId();
    AtomicReference<JoinGroupResponseData> waiting = group.joining(member, Set.of());
    assertNull(waiting.get());
    assertEquals(Errors.UNKNOWN_SERVER_ERROR.code(), group.join("new").errorCode());
    assertEquals(Errors.REBALANCE_IN_PROGRESS.code(), waiting.get().errorCode());
    waiting = group.joining(member, Set.of());
    group.trial.advance(3_000);
    group.lead(member, waiting);
    assertEquals(Errors.NONE.code(), group.join("new").errorCode());
  }

  @Test
  void aCustomAssignorsDataWouldBeLost() {
    group.userData = true;
    group.classicGroup(1);
    assertEquals(Errors.GROUP_ID_NOT_FOUND.code(), group.join("new").errorCode());
    assertEquals("classic Stable", group.listed());
  }

  @Test
  void groupsOfOtherProtocolTypesStayWhatTheyAre() {
    group.protocolType = "connect";
    group.classicGroup(1);
    assertEquals(Errors.GROUP_ID_NOT_FOUND.code(), group.join("new").errorCode());
    assertEquals("classic Stable", group.listed());
  }

  @Test
  void aGroupTooLargeForTheNewProtocolStaysClassic() {
    group = new MigratingGroup(Map.of("group.consumer.max.size", "1"), Defects.NONE);
    group.classicGroup(2);
    assertEquals(Errors.GROUP_ID_NOT_FOUND.code(), group.join("new").errorCode());
    assertEquals("classic Stable", group.listed());
  }

  @Test
  void aGroupThatTheLogRefusesStaysClassic() {
    Classic member = group.classicGroup(1).get(0);
    group.trial.log.error = Errors.NOT_ENOUGH_REPLICAS;
    assertEquals(Errors.COORDINATOR_NOT_AVAILABLE.code(), group.join("new").errorCode());
    group.trial.log.error = Errors.NONE;
    assertEquals("classic Stable", group.listed());
    assertEquals(Errors.NONE, group.heartbeat(member));
    group.trial.advance(7_000);
    assertEquals("classic Empty", group.listed());
  }

  /** As Kafka's readers, which see the groups of the last committed offset. */
  @Test
  void readersSeeTheClassicGroupUntilTheOtherOneIsCommitted() {
    group.classicGroup(1);
    group.trial.log.hold = true;
    AtomicReference<ConsumerGroupHeartbeatResponseData> answer = group.joining("new");
    assertNull(answer.get());
    assertEquals("classic Stable", group.listed());
    assertEquals(Errors.NONE, group.describedAsClassic());
    group.trial.log.release();
    assertNotNull(answer.get());
    assertEquals("consumer Reconciling", group.listed());
  }

  // ---- members of both protocols

  @Test
  void aClassicMemberJoinsAConsumerGroup() {
    int epoch = group.join("new").memberEpoch();
    group.trial.advance(1_000);
    Classic member = new Classic("");
    member.id = group.newMemberId();
    assertFalse(member.id.startsWith("client"));
    group.rejoin(member);
    assertEquals(epoch + 1, member.generation);
    assertEquals(Set.of(), member.owned);
    assertEquals("", member.leader);
    assertEquals(Errors.NONE, group.heartbeat(member));
    Set<String> kept = MigratingGroup.told(group.beat("new", epoch));
    assertEquals(Errors.NONE, group.heartbeat(member));
    group.beatOwning("new", epoch, kept);
    assertEquals(Errors.REBALANCE_IN_PROGRESS, group.heartbeat(member));
    group.rejoin(member);
    assertEquals(2, member.owned.size());
    assertEquals(Errors.NONE, group.heartbeat(member));
  }

  @Test
  void generationsAndProtocolsOfClassicMembersAreChecked() {
    Classic member = group.classicGroup(1).get(0);
    group.join("new");
    assertEquals(Errors.ILLEGAL_GENERATION, group.sync(member, member.generation + 1, "range"));
    assertEquals(Errors.REBALANCE_IN_PROGRESS, group.sync(member, member.generation, "range"));
    group.rejoin(member);
    assertEquals(
        Errors.INCONSISTENT_GROUP_PROTOCOL, group.sync(member, member.generation, "sticky"));
    assertEquals(Errors.NONE, group.sync(member, member.generation, "range"));
    Classic stranger = new Classic("stranger");
    stranger.generation = member.generation;
    assertEquals(Errors.UNKNOWN_MEMBER_ID, group.heartbeat(stranger));
    assertEquals(Errors.UNKNOWN_MEMBER_ID, group.sync(stranger, member.generation, "range"));
    Classic other = new Classic("new");
    other.generation = member.generation;
    assertEquals(Errors.UNKNOWN_MEMBER_ID, group.heartbeat(other));
    other.protocol = "round-robin";
    assertEquals(
        Errors.INCONSISTENT_GROUP_PROTOCOL.code(),
        group.joining(other, Set.of()).get().errorCode());
  }

  @Test
  void classicMembersCommitInTheirGenerations() {
    Classic member = group.classicGroup(1).get(0);
    int old = member.generation;
    int epoch = group.join("new").memberEpoch();
    assertEquals(Errors.NONE, group.commit(member.id, old, 0, 5));
    group.rejoin(member);
    assertEquals(epoch, member.generation);
    assertEquals(Errors.NONE, group.commit(member.id, epoch, 0, 6));
    int kept = MigratingGroup.number(member.owned.iterator().next());
    int lost = (kept + (member.owned.contains("t-" + (kept + 1) % 4) ? 2 : 1)) % 4;
    assertEquals(Errors.NONE, group.commit(member.id, old, kept, 7));
    assertEquals(Errors.ILLEGAL_GENERATION, group.commit(member.id, old, lost, 7));
    assertEquals(Errors.ILLEGAL_GENERATION, group.commit(member.id, epoch + 1, 0, 8));
    assertEquals(Errors.STALE_MEMBER_EPOCH, group.commit("new", epoch + 1, 0, 8));
    assertEquals(Errors.ILLEGAL_GENERATION, group.fetch(member.id, old));
    assertEquals(Errors.NONE, group.fetch(member.id, epoch));
  }

  @Test
  void aClassicMembersSessionIsItsOwn() {
    Classic member = group.classicGroup(1).get(0);
    int epoch = group.join("new").memberEpoch();
    group.rejoin(member);
    group.trial.advance(5_000);
    assertEquals(Errors.NONE, group.heartbeat(member));
    group.beat("new", epoch);
    group.trial.advance(5_999);
    assertEquals(2, group.protocols().size());
    group.trial.advance(1);
    assertEquals(Map.of("new", "consumer"), group.protocols());
    assertEquals(Errors.UNKNOWN_MEMBER_ID, group.heartbeat(member));
  }

  @Test
  void aClassicMemberThatIsToldAndDoesNotJoinIsOut() {
    Classic member = group.classicGroup(1).get(0);
    int epoch = group.join("new").memberEpoch();
    for (int second = 0; second < 9; second++) {
      assertEquals(Errors.REBALANCE_IN_PROGRESS, group.heartbeat(member));
      group.beat("new", epoch);
      group.trial.advance(1_000);
    }
    assertEquals(Map.of("new", "consumer"), group.protocols());
  }

  @Test
  void aClassicMemberThatJoinsAndDoesNotSyncIsOut() {
    Classic member = group.classicGroup(1).get(0);
    int epoch = group.join("new").memberEpoch();
    JoinGroupResponseData joined = group.joining(member, Set.of()).get();
    member.generation = joined.generationId();
    for (int second = 0; second < 9; second++) {
      assertEquals(Errors.NONE, group.heartbeat(member));
      group.beat("new", epoch);
      group.trial.advance(1_000);
    }
    assertEquals(Map.of("new", "consumer"), group.protocols());
  }

  // ---- downgrade

  @Test
  void theLastMemberOfTheNewProtocolLeavesAClassicGroupBehind() {
    Classic member = group.classicGroup(1).get(0);
    int epoch = group.join("new").memberEpoch();
    group.rejoin(member);
    Set<String> owned = Set.copyOf(member.owned);
    assertEquals(Errors.NONE, group.commit(member.id, epoch, 0, 5));
    assertEquals(Errors.NONE.code(), group.beat("new", -1).errorCode());
    assertEquals("classic PreparingRebalance", group.listed());
    assertEquals(Errors.REBALANCE_IN_PROGRESS, group.heartbeat(member));
    assertEquals(Errors.NONE, group.commit(member.id, epoch, 0, 6));
    group.trial.moveCoordinator();
    group.trial.advance(0);
    assertEquals("classic Stable", group.listed());
    assertEquals(owned, group.synced(member));
    group.rejoinAndLead(member);
    assertEquals(epoch + 1, member.generation);
    assertEquals(Set.of("t-0", "t-1", "t-2", "t-3"), member.owned);
    assertEquals(6, group.committed(0));
  }

  @Test
  void anExpiredSessionDowngradesToo() {
    Classic member = group.classicGroup(1).get(0);
    group.join("new");
    group.rejoin(member);
    for (int second = 0; second < 45; second++) {
      assertEquals(Errors.NONE, group.heartbeat(member));
      group.trial.advance(1_000);
    }
    assertEquals("classic PreparingRebalance", group.listed());
    group.trial.advance(60_000);
    assertEquals("classic Empty", group.listed());
  }

  @Test
  void aClassicMemberThatLeavesLeavesAConsumerGroup() {
    Classic member = group.classicGroup(1).get(0);
    group.join("new");
    assertEquals(Errors.NONE, group.leave(member));
    assertEquals(Map.of("new", "consumer"), group.protocols());
    assertEquals(Errors.NONE.code(), group.beat("new", -1).errorCode());
    assertEquals("consumer Empty", group.listed());
  }

  @Test
  void aGroupTooLargeForTheClassicProtocolStaysAConsumerGroup() {
    group = new MigratingGroup(Map.of("group.max.size", "1"), Defects.NONE);
    group.join("new");
    group.classicMembers(2);
    assertEquals(Errors.NONE.code(), group.beat("new", -1).errorCode());
    assertTrue(group.listed().startsWith("consumer "), group.listed());
  }

  @Test
  void aClassicStaticMemberReplacesTheLastOneOfTheNewProtocol() {
    Classic member = group.classicGroup(1).get(0);
    int epoch = group.joinStatic("new", "one").memberEpoch();
    group.rejoin(member);
    group.beat("new", epoch);
    Classic back = new Classic("");
    back.instance = "one";
    JoinGroupResponseData joined = group.joining(back, Set.of()).get();
    assertEquals(Errors.NONE.code(), joined.errorCode());
    assertEquals(epoch, joined.generationId());
    assertEquals("classic Stable", group.listed());
    back.id = joined.memberId();
    back.generation = joined.generationId();
    assertEquals(2, group.synced(back).size());
    assertEquals(Errors.NONE, group.heartbeat(member));
    assertEquals(Errors.NONE, group.heartbeat(back));
  }

  @Test
  void aStaticMemberGoesOverWithWhatItOwns() {
    Classic member = new Classic("");
    member.instance = "one";
    group.rejoinAndLead(member);
    ConsumerGroupHeartbeatResponseData answer = group.joinStatic("new", "one");
    assertEquals(Errors.NONE.code(), answer.errorCode());
    assertEquals(member.generation, answer.memberEpoch());
    assertEquals(Set.of("t-0", "t-1", "t-2", "t-3"), MigratingGroup.told(answer));
    assertEquals(Map.of("new", "consumer"), group.protocols());
    assertEquals(Errors.FENCED_INSTANCE_ID, group.heartbeat(member));
  }

  // ---- the coordinator moves

  @Test
  void aNewCoordinatorKnowsMembersOfBothProtocols() {
    List<Classic> members = twoClassicMembers();
    int epoch = group.join("new").memberEpoch();
    group.rejoin(members.get(0));
    Map<String, String> before = group.protocols();
    group.trial.moveCoordinator();
    group.trial.advance(0);
    assertEquals(before, group.protocols());
    assertEquals("consumer Reconciling", group.listed());
    assertEquals(Errors.NONE, group.heartbeat(members.get(0)));
    assertEquals(Errors.REBALANCE_IN_PROGRESS, group.heartbeat(members.get(1)));
    group.rejoin(members.get(1));
    assertEquals(1, MigratingGroup.told(group.beat("new", epoch)).size());
    assertEquals("consumer Stable", group.listed());
  }

  @Test
  void thereAndBackTwiceAcrossCoordinators() {
    Classic member = group.classicGroup(1).get(0);
    for (int round = 0; round < 2; round++) {
      int before = member.generation;
      int epoch = group.join("new-" + round).memberEpoch();
      assertTrue(epoch > before);
      group.trial.moveCoordinator();
      group.trial.advance(0);
      assertEquals("consumer Reconciling", group.listed());
      group.rejoin(member);
      assertEquals(Errors.NONE.code(), group.beat("new-" + round, -1).errorCode());
      group.trial.moveCoordinator();
      group.trial.advance(0);
      assertEquals("classic Stable", group.listed());
      group.rejoinAndLead(member);
      assertTrue(member.generation > epoch);
      assertEquals(Errors.NONE, group.heartbeat(member));
    }
  }

  // ---- policies

  @Test
  void withoutUpgradesAClassicGroupStaysClassic() {
    for (String policy : List.of("downgrade", "Disabled")) {
      policy(policy);
      Classic member = group.classicGroup(1).get(0);
      assertEquals(Errors.GROUP_ID_NOT_FOUND.code(), group.join("new").errorCode());
      assertEquals("classic Stable", group.listed());
      assertEquals(Errors.NONE, group.heartbeat(member));
    }
  }

  @Test
  void withoutDowngradesAGroupOfClassicMembersStaysAConsumerGroup() {
    policy("upgrade");
    Classic member = group.classicGroup(1).get(0);
    int epoch = group.join("new").memberEpoch();
    group.rejoin(member);
    assertEquals(Errors.NONE.code(), group.beat("new", -1).errorCode());
    assertEquals(Map.of(member.id, "classic"), group.protocols());
    assertEquals(Errors.NONE, group.heartbeat(member));
    group.trial.advance(1_000);
    Classic other = new Classic("");
    other.id = group.newMemberId();
    group.rejoin(other);
    assertEquals(Errors.REBALANCE_IN_PROGRESS, group.heartbeat(member));
    group.rejoin(member);
    assertTrue(member.generation > epoch);
    assertEquals(2, member.owned.size());
  }

  @Test
  void withoutMigrationNoClassicMemberJoinsAConsumerGroup() {
    for (String policy : List.of("disabled", "upgrade", "downgrade")) {
      policy(policy);
      group.join("new");
      int expected =
          policy.equals("disabled")
              ? Errors.INCONSISTENT_GROUP_PROTOCOL.code()
              : Errors.MEMBER_ID_REQUIRED.code();
      assertEquals(expected, group.joining(new Classic(""), Set.of()).get().errorCode());
    }
  }

  @Test
  void anUnknownPolicyIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> MigrationPolicy.named("sideways"));
  }

  // ---- defects

  @Test
  void aForgottenOwnerIsSeen() {
    group = new MigratingGroup(Map.of(), new Defects(Set.of(Defect.OWNERS_FORGOTTEN_AT_UPGRADE)));
    group.classicGroup(2);
    assertFalse(MigratingGroup.told(group.join("new")).isEmpty());
  }

  @Test
  void offsetsAreForgottenByThatDefectAlone() {
    Defects defects = new Defects(Set.of(Defect.OFFSETS_LOST_AT_DOWNGRADE));
    group = new MigratingGroup(Map.of(), defects);
    Classic member = group.classicGroup(1).get(0);
    assertEquals(Errors.NONE, group.commit(member.id, member.generation, 0, 5));
    group.join("new");
    assertEquals(5, group.committed(0));
    group.beat("new", -1);
    assertEquals(-1, group.committed(0));
  }
}
