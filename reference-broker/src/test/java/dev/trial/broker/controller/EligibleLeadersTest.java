package dev.trial.broker.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.controller.PartitionElection.Reach;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.core.history.Action.Leadership.Election;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** KIP-966 as Kafka's PartitionChangeBuilder has it, on one partition of minimum 2. */
class EligibleLeadersTest {
  private static final List<Integer> REPLICAS = List.of(1, 2, 3);
  private static final int NOBODY = ElectionTerms.NOBODY;

  private static PartitionState state(
      List<Integer> inSync, int leader, List<Integer> eligible, int lastKnown) {
    return new PartitionState(
        0,
        REPLICAS,
        inSync,
        leader,
        5,
        9,
        Election.CLEAN,
        List.of(),
        List.of(),
        eligible,
        lastKnown);
  }

  private static ElectionTerms terms(Reach reach, Set<Integer> alive, int shutDownUncleanly) {
    return new ElectionTerms(reach, alive::contains, true, 2, shutDownUncleanly);
  }

  private static PartitionState changed(
      PartitionState before, List<Integer> target, Integer... alive) {
    return PartitionElection.change(before, target, terms(Reach.ONLINE, Set.of(alive), NOBODY))
        .orElseThrow();
  }

  @Test
  void aboveTheMinimumNobodyBecomesEligible() {
    PartitionState next = changed(state(REPLICAS, 1, List.of(), -1), List.of(1, 2), 1, 2);
    assertEquals(List.of(), next.eligible());
    assertEquals(1, next.leader());
    assertEquals(5, next.leaderEpoch());
    assertEquals(10, next.partitionEpoch());
  }

  @Test
  void whoLeavesBelowTheMinimumIsEligible() {
    PartitionState next = changed(state(List.of(1, 2), 1, List.of(), -1), List.of(1), 1, 3);
    assertEquals(List.of(2), next.eligible());
    assertEquals(List.of(1), next.inSyncReplicas());
  }

  @Test
  void fromThreeToOneBothAreEligible() {
    PartitionState next = changed(state(REPLICAS, 1, List.of(), -1), List.of(1), 1);
    assertEquals(List.of(2, 3), next.eligible());
  }

  @Test
  void theMinimumInSyncAgainEndsEligibility() {
    PartitionState next = changed(state(List.of(1), 1, List.of(2), -1), List.of(1, 3), 1, 3);
    assertEquals(List.of(), next.eligible());
  }

  @Test
  void anEligibleReplicaLeadsOnceNobodyIsInSync() {
    PartitionState next = changed(state(List.of(1), 1, List.of(2), -1), List.of(), 2, 3);
    assertEquals(2, next.leader());
    assertEquals(Election.ELIGIBLE, next.election());
    assertEquals(List.of(2), next.inSyncReplicas());
    assertEquals(List.of(1), next.eligible());
    assertEquals(6, next.leaderEpoch());
    assertEquals(-1, next.lastKnownLeader());
  }

  @Test
  void anEligibleReplicaDoesNotLeadWhileSomebodyIsInSync() {
    PartitionState next = changed(state(List.of(1), 1, List.of(2), -1), List.of(1), 2, 3);
    assertEquals(-1, next.leader());
    assertEquals(List.of(1), next.inSyncReplicas());
    assertEquals(List.of(2), next.eligible());
  }

  @Test
  void withoutAnyTheLastLeaderIsRemembered() {
    PartitionState next = changed(state(List.of(1), 1, List.of(2), -1), List.of(), 3);
    assertEquals(-1, next.leader());
    assertEquals(Election.LEADERLESS, next.election());
    assertEquals(List.of(), next.inSyncReplicas());
    assertEquals(List.of(1, 2), next.eligible());
    assertEquals(1, next.lastKnownLeader());
  }

  @Test
  void afterAnUncleanShutdownNobodyIsEligible() {
    PartitionState before = state(List.of(), -1, List.of(1, 2), 1);
    PartitionState next =
        PartitionElection.change(before, List.of(), terms(Reach.ONLINE, Set.of(3), 2))
            .orElseThrow();
    assertEquals(List.of(1), next.eligible());
    assertEquals(-1, next.leader());
    assertEquals(1, next.lastKnownLeader());
    assertEquals(5, next.leaderEpoch());
  }

  @Test
  void anUncleanShutdownOutOfTheInSyncSetIsNoWayIntoEligibility() {
    PartitionState before = state(List.of(1, 2), 1, List.of(), -1);
    PartitionState next =
        PartitionElection.change(before, List.of(1), terms(Reach.ONLINE, Set.of(1), 2))
            .orElseThrow();
    assertEquals(List.of(), next.eligible());
  }

  @Test
  void theLastKnownLeaderLeadsOnceNobodyIsEligible() {
    PartitionState next = changed(state(List.of(), -1, List.of(), 1), List.of(), 1, 3);
    assertEquals(1, next.leader());
    assertEquals(Election.LAST_KNOWN, next.election());
    assertEquals(List.of(1), next.inSyncReplicas());
    assertEquals(-1, next.lastKnownLeader());
  }

  @Test
  void theLastKnownLeaderWaitsForTheEligible() {
    PartitionState before = state(List.of(), -1, List.of(2), 1);
    assertTrue(
        PartitionElection.change(before, List.of(), terms(Reach.ONLINE, Set.of(1, 3), NOBODY))
            .isEmpty());
    assertEquals(2, changed(before, List.of(), 1, 2).leader());
  }

  @Test
  void anUncleanElectionComesLastAndEndsEligibility() {
    PartitionState before = state(List.of(), -1, List.of(2), 1);
    PartitionState next =
        PartitionElection.change(before, List.of(), terms(Reach.UNCLEAN, Set.of(3), NOBODY))
            .orElseThrow();
    assertEquals(3, next.leader());
    assertEquals(Election.UNCLEAN, next.election());
    assertEquals(List.of(3), next.inSyncReplicas());
    assertEquals(List.of(), next.eligible());
    assertEquals(-1, next.lastKnownLeader());
  }

  @Test
  void beforeKip966TheLastInSyncReplicaKeepsItsSeat() {
    ElectionTerms old = new ElectionTerms(Reach.ONLINE, Set.of(2, 3)::contains);
    PartitionState before = state(List.of(1), 1, List.of(), -1);
    PartitionState next = PartitionElection.change(before, List.of(), old).orElseThrow();
    assertEquals(-1, next.leader());
    assertEquals(List.of(1), next.inSyncReplicas());
    assertEquals(List.of(), next.eligible());
    assertEquals(-1, next.lastKnownLeader());
    assertTrue(PartitionElection.change(next, List.of(), old).isEmpty());
  }
}
