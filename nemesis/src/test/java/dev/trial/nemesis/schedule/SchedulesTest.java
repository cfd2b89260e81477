package dev.trial.nemesis.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.fault.Fault;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What every generator owes to the run engine, and what single ones owe to their claims. */
class SchedulesTest {
  private static final Scene.Timing FAST =
      new Scene.Timing(2_000, 1_500, 3_000, 1_000, 3_000, 4_000);

  private static Scene scene(long loadMs, Scene.Timing timing, boolean transactions) {
    return new Scene(
        loadMs,
        ClusterShape.THREE,
        List.of(new PartitionId("t", 0), new PartitionId("t", 1)),
        List.of("producer-0", "producer-1"),
        List.of("consumer-0"),
        transactions ? List.of() : List.of("g"),
        transactions ? List.of("tx") : List.of(),
        EnumSet.allOf(FaultKind.class),
        timing);
  }

  @Property(tries = 2000)
  void everyScheduleIsSortedWithinTheLoadAndLeavesItsEndQuiet(
      @ForAll("schedules") Schedule schedule, @ForAll("scenes") Scene scene, @ForAll long seed) {
    List<ScheduledFault> faults = schedule.generate(scene, new RandomStream(seed));
    long quietFromMs = scene.loadMs() - Timeline.quietEndMs(scene.loadMs());
    long beforeMs = 0;
    for (ScheduledFault fault : faults) {
      assertTrue(fault.atMs() >= Math.max(beforeMs, Timeline.QUIET_START_MS), fault::toString);
      assertTrue(fault.lengthMs() >= 0, fault::toString);
      assertTrue(fault.atMs() + fault.lengthMs() <= quietFromMs, fault::toString);
      beforeMs = fault.atMs();
    }
    assertTrue(schedule.families().containsAll(Schedules.families(faults)));
  }

  /** Long sessions make the second variant of it the longest. */
  @Property(tries = 2000)
  void leaderChangesFitWithLongSessions(@ForAll long seed) {
    Scene.Timing slow = new Scene.Timing(100, 9_900, 100, 100, 100, 100);
    Schedule schedule = Schedules.of("leader-changes");
    Scene least = scene(schedule.loadMsMin(scene(0, slow, true)), slow, true);
    schedule.generate(least, new RandomStream(seed));
  }

  @Property(tries = 1000)
  void aSeedMeansOneSchedule(
      @ForAll("schedules") Schedule schedule, @ForAll("scenes") Scene scene, @ForAll long seed) {
    assertEquals(
        schedule.generate(scene, new RandomStream(seed)),
        schedule.generate(scene, new RandomStream(seed)));
  }

  @Property(tries = 2000)
  void rolesNameOnlyWhoTakesPart(
      @ForAll("schedules") Schedule schedule, @ForAll("scenes") Scene scene, @ForAll long seed) {
    for (ScheduledFault fault : schedule.generate(scene, new RandomStream(seed))) {
      assertTrue(takesPart(fault.whom(), scene), fault::toString);
    }
  }

  private static boolean takesPart(Role role, Scene scene) {
    if (role instanceof Role.Leader leader) {
      return scene.partitions().contains(new PartitionId(leader.topic(), leader.partition()));
    } else if (role instanceof Role.Client client) {
      return scene.clients().contains(client.name());
    } else if (role instanceof Role.Broker broker) {
      return broker.id() >= 1 && broker.id() <= scene.shape().brokers();
    } else if (role instanceof Role.GroupCoordinator coordinator) {
      return scene.groups().contains(coordinator.group());
    } else if (role instanceof Role.TransactionCoordinator coordinator) {
      return scene.transactionalIds().contains(coordinator.transactionalId());
    }
    return true;
  }

  @Property(tries = 1000)
  void theShortestLoadIsLongEnough(@ForAll("schedules") Schedule schedule, @ForAll long seed) {
    for (boolean transactions : List.of(false, true)) {
      long loadMs = schedule.loadMsMin(scene(1, FAST, transactions));
      Scene scene = scene(loadMs, FAST, transactions);
      boolean empty = schedule.generate(scene, new RandomStream(seed)).isEmpty();
      assertEquals(schedule.id().equals("none"), empty, schedule.id());
    }
  }

  @Property(tries = 300)
  void oneAtATimeNeverOverlapsAndBeginsWithALeaderLongEnoughToBeFenced(@ForAll long seed) {
    List<ScheduledFault> faults = generate("one-at-a-time", 60_000, seed);
    assertTrue(faults.get(0).whom() instanceof Role.Leader);
    long freeMs = 0;
    for (ScheduledFault fault : faults) {
      assertTrue(fault.atMs() >= freeMs);
      assertTrue(fault.lengthMs() > FAST.brokerSessionMs());
      freeMs = fault.atMs() + fault.lengthMs() + FAST.brokerSessionMs() / 2;
    }
  }

  @Test
  void everyRoleTakesWhatTransactionsNeedEveryOtherTime() {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    Set<Class<?>> needed = new java.util.LinkedHashSet<>();
    Set<Class<?>> others = new java.util.LinkedHashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      List<ScheduledFault> faults =
          Schedules.of("every-role").generate(withTransactions(), new RandomStream(seed));
      assertTrue(faults.size() > 4 && !overlapping(faults));
      kinds.addAll(Schedules.families(faults));
      for (int i = 0; i < faults.size(); i++) {
        assertTrue(faults.get(i).lengthMs() > FAST.brokerSessionMs());
        (i % 2 == 0 ? needed : others).add(faults.get(i).whom().getClass());
      }
    }
    assertEquals(EnumSet.of(FaultKind.KILL, FaultKind.PAUSE, FaultKind.PARTITION), kinds);
    assertEquals(
        Set.of(Role.Leader.class, Role.TransactionCoordinator.class, Role.GroupCoordinator.class),
        needed);
    assertTrue(
        others.containsAll(
            Set.of(
                Role.Client.class, Role.Controller.class, Role.Follower.class, Role.Leader.class)));
  }

  private static Scene withTransactions() {
    Scene plain = scene(60_000, FAST, true);
    return new Scene(
        plain.loadMs(),
        plain.shape(),
        plain.partitions(),
        plain.producers(),
        plain.consumers(),
        List.of("g"),
        plain.transactionalIds(),
        plain.families(),
        plain.timing());
  }

  @Property(tries = 300)
  void consumersDieWhileNoCommitIsTaken(@ForAll long seed) {
    List<ScheduledFault> faults = generate("consumers-die-before-committing", 60_000, seed);
    assertFalse(faults.isEmpty());
    for (int i = 0; i < faults.size(); i += 2) {
      ScheduledFault refusal = faults.get(i);
      ScheduledFault death = faults.get(i + 1);
      assertTrue(refusal.fault() instanceof Fault.Refuse && death.fault() instanceof Fault.Kill);
      assertTrue(death.atMs() - refusal.atMs() >= 400);
      assertTrue(death.atMs() < refusal.atMs() + refusal.lengthMs());
    }
  }

  @Property(tries = 300)
  void tailLossKillsTheIsolatedLeaderBeforeTheLagTimePasses(@ForAll long seed) {
    List<ScheduledFault> faults = generate("tail-loss", 60_000, seed);
    assertFalse(faults.isEmpty());
    for (int i = 0; i < faults.size(); i += 2) {
      ScheduledFault cut = faults.get(i);
      ScheduledFault kill = faults.get(i + 1);
      assertTrue(cut.fault() instanceof Fault.Partition && kill.fault() instanceof Fault.Kill);
      assertEquals(cut.whom(), kill.whom());
      assertTrue(kill.atMs() - cut.atMs() >= 300 && kill.atMs() - cut.atMs() < FAST.lagMaxMs());
      assertTrue(cut.atMs() + cut.lengthMs() >= kill.atMs() + kill.lengthMs());
      assertTrue(kill.lengthMs() > FAST.brokerSessionMs());
    }
  }

  @Property(tries = 300)
  void outOfSyncReplicasReturnWhileTheLeaderIsAway(@ForAll long seed) {
    List<ScheduledFault> faults = generate("out-of-sync-returns", 60_000, seed);
    assertFalse(faults.isEmpty());
    for (int i = 0; i < faults.size(); i += 2) {
      ScheduledFault apart = faults.get(i);
      ScheduledFault death = faults.get(i + 1);
      assertTrue(death.atMs() - apart.atMs() > FAST.shrunkAfterMs());
      assertTrue(apart.atMs() + apart.lengthMs() > death.atMs());
      assertTrue(
          apart.atMs() + apart.lengthMs() + FAST.failedOverAfterMs()
              < death.atMs() + death.lengthMs());
    }
  }

  @Test
  void swarmSeedsDifferInKind() {
    Set<Set<FaultKind>> mixes = new java.util.LinkedHashSet<>();
    Set<FaultKind> seen = EnumSet.noneOf(FaultKind.class);
    boolean overlap = false;
    boolean apart = false;
    for (long seed = 0; seed < 200; seed++) {
      List<ScheduledFault> faults = generate("swarm", 60_000, seed);
      mixes.add(Schedules.families(faults));
      seen.addAll(Schedules.families(faults));
      overlap |= overlapping(faults);
      apart |= faults.size() > 2 && !overlapping(faults);
    }
    assertTrue(mixes.size() > 100, mixes.size() + " mixes");
    assertEquals(Schedules.of("swarm").families(), seen);
    assertTrue(overlap && apart);
  }

  private static boolean overlapping(List<ScheduledFault> faults) {
    for (int i = 1; i < faults.size(); i++) {
      if (faults.get(i).atMs() < faults.get(i - 1).atMs() + faults.get(i - 1).lengthMs()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aSwarmUsesOnlyWhatTheTargetCanSuffer() {
    Scene scene = scene(60_000, FAST, false).only(EnumSet.of(FaultKind.KILL, FaultKind.RESET));
    for (long seed = 0; seed < 50; seed++) {
      List<ScheduledFault> faults = Schedules.of("swarm").generate(scene, new RandomStream(seed));
      assertTrue(scene.families().containsAll(Schedules.families(faults)));
    }
  }

  @Test
  void namesAreFoundOrTheNearestIsNamed() {
    assertEquals("tail-loss", Schedules.of("tail-loss").id());
    assertEquals(EnumSet.of(FaultKind.KILL), Schedules.of("kill").families());
    assertEquals(
        EnumSet.of(FaultKind.KILL, FaultKind.PAUSE),
        Schedules.of(List.of("kill", "pause")).families());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Schedules.of("tale-loss"));
    assertTrue(e.getMessage().contains("did you mean 'tail-loss'?"), e.getMessage());
  }

  @Test
  void theCatalogueNamesEachOnce() {
    List<String> ids = new ArrayList<>();
    Faults.families().forEach(entry -> ids.add(entry.id()));
    Faults.schedules().forEach(entry -> ids.add(entry.id()));
    assertEquals(ids.size(), new TreeSet<>(ids).size());
    assertTrue(Faults.schedules().stream().allMatch(entry -> entry.sentence().endsWith(".")));
  }

  private static List<ScheduledFault> generate(String id, long loadMs, long seed) {
    return Schedules.of(id).generate(scene(loadMs, FAST, false), new RandomStream(seed));
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    return Arbitraries.of(Schedules.all());
  }

  @Provide
  Arbitrary<Scene> scenes() {
    Arbitrary<Long> times = Arbitraries.longs().between(100, 10_000);
    Arbitrary<Scene.Timing> timings =
        Combinators.combine(times, times, times, times, times, times).as(Scene.Timing::new);
    return Combinators.combine(
            Arbitraries.longs().between(0, 120_000), timings, Arbitraries.of(true, false))
        .as(SchedulesTest::scene);
  }
}
