package dev.trial.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.fault.FaultKind;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.world.RandomStream;
import dev.trial.workloads.plan.Workloads;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What settings and workloads give away, and what nobody does. */
class PromisesTest {
  private static final String NEWEST = "4.3.1";

  private record Run(Profile profile, String workload, String client, Set<FaultKind> faults) {
    static Run of(Profile profile, String workload) {
      return new Run(profile, workload, NEWEST, EnumSet.of(FaultKind.KILL));
    }

    Run client(String version) {
      return new Run(profile, workload, version, faults);
    }

    Run faults(FaultKind... kinds) {
      return new Run(profile, workload, client, Set.of(kinds));
    }

    boolean allows(AnomalyKind kind, Cause cause) {
      RunSpec spec =
          new RunSpec(
              null,
              workload,
              Parameters.of(),
              profile,
              "sim",
              client,
              1,
              60_000,
              List.of(),
              List.of());
      Workload.Plan plan = Workloads.of(workload).plan(spec, new RandomStream(1).fork("workload"));
      Expectation.HoldsWithin promised =
          (Expectation.HoldsWithin) Promises.of(new Promised(profile, plan, client, faults));
      assertTrue(promised.consequences().isEmpty(), "nothing is allowed without a cause");
      Anomaly anomaly =
          new Anomaly(kind, null, List.of(), List.of(), List.of(), cause, "it happened");
      return promised.bounds().stream().anyMatch(each -> each.covers(anomaly));
    }
  }

  private static Run produce(Profile profile) {
    return Run.of(profile, "produce-consume");
  }

  /** No setting and no workload gives away a loss, or work, for no reason. */
  @Test
  void nobodyGivesAwayALossThatNothingExplains() {
    for (NamedProfiles.NamedProfile profile : NamedProfiles.all()) {
      for (String workload : Workloads.all().keySet()) {
        Run run = Run.of(profile.profile(), workload).faults(FaultKind.values());
        for (AnomalyKind kind :
            List.of(
                AnomalyKind.LOST_WRITE,
                AnomalyKind.TAIL_LOSS,
                AnomalyKind.READ_THEN_LOST,
                AnomalyKind.LOST_PROCESSING,
                AnomalyKind.DUPLICATE_PROCESSING,
                AnomalyKind.LOST_COMMIT,
                AnomalyKind.PHANTOM,
                AnomalyKind.TORN_TRANSACTION,
                AnomalyKind.BROKER_INVARIANT,
                AnomalyKind.SKIPPED_BY_GROUP)) {
          assertFalse(run.allows(kind, Cause.UNEXPLAINED), profile.id() + " " + workload);
          assertFalse(run.allows(kind, Cause.UNTOLD), profile.id() + " " + workload);
        }
        assertEquals(
            !"earliest".equals(profile.profile().consumer().get("auto.offset.reset")),
            run.allows(AnomalyKind.SKIPPED_BY_GROUP, Cause.BEGUN_AT_RESET),
            "who begins at the end passes over what was there: " + profile.id());
      }
    }
  }

  @Test
  void acknowledgementsDecideWhatACleanElectionMayTake() {
    Cause truncated = Cause.TRUNCATED_BY_CLEAN_ELECTION;
    assertFalse(produce(Profiles.BASE).allows(AnomalyKind.LOST_WRITE, truncated));
    assertTrue(
        produce(Profiles.acks(Profiles.BASE, "1")).allows(AnomalyKind.LOST_WRITE, truncated));
    Profile silent = Profiles.promisesByDefault(Profiles.BASE);
    assertTrue(produce(silent).client("2.8.2").allows(AnomalyKind.LOST_WRITE, truncated));
    assertFalse(produce(silent).client("3.9.2").allows(AnomalyKind.LOST_WRITE, truncated));
  }

  @Test
  void nothingIsGivenAwayToWhatWasNotChosen() {
    Run run = produce(Profiles.BASE);
    assertFalse(run.allows(AnomalyKind.LOST_WRITE, Cause.UNCLEAN_ELECTION));
    assertFalse(run.allows(AnomalyKind.LOST_WRITE, Cause.IN_SYNC_SET_OF_ONE));
    assertFalse(run.allows(AnomalyKind.LOST_WRITE, Cause.NOT_ACKNOWLEDGED));
    assertFalse(run.allows(AnomalyKind.LOST_WRITE, Cause.BIT_FLIPPED));
    assertTrue(run.faults(FaultKind.BIT_FLIP).allows(AnomalyKind.LOST_WRITE, Cause.BIT_FLIPPED));
    assertTrue(
        run.faults(FaultKind.UNCLEAN_ELECTION)
            .allows(AnomalyKind.LOST_WRITE, Cause.UNCLEAN_ELECTION));
    Profile unclean = Profiles.BASE.topic("unclean.leader.election.enable", true);
    assertTrue(produce(unclean).allows(AnomalyKind.LOST_WRITE, Cause.UNCLEAN_ELECTION));
    assertTrue(
        produce(Profiles.minIsr(Profiles.BASE, 1))
            .allows(AnomalyKind.LOST_WRITE, Cause.IN_SYNC_SET_OF_ONE));
  }

  @Test
  void aLossOfPowerTakesWhatNobodyFlushed() {
    Profile flushed = Profiles.BASE.topic("flush.messages", 1);
    assertTrue(produce(Profiles.BASE).allows(AnomalyKind.LOST_WRITE, Cause.POWER_LOSS));
    assertFalse(produce(flushed).allows(AnomalyKind.LOST_WRITE, Cause.POWER_LOSS));
  }

  @Test
  void idempotenceKeepsRecordsOnceAndInOrder() {
    Run idempotent = produce(Profiles.BASE);
    assertFalse(idempotent.allows(AnomalyKind.DUPLICATE, Cause.UNEXPLAINED));
    assertTrue(idempotent.allows(AnomalyKind.DUPLICATE, Cause.DELIVERY_TIMEOUT));
    assertFalse(idempotent.allows(AnomalyKind.SEND_REORDER, Cause.UNEXPLAINED));
    Run plain = produce(Profiles.notIdempotent(Profiles.BASE));
    assertTrue(plain.allows(AnomalyKind.DUPLICATE, Cause.UNEXPLAINED));
    assertTrue(plain.allows(AnomalyKind.SEND_REORDER, Cause.UNEXPLAINED));
    assertTrue(
        Run.of(Profiles.BASE, "resend").allows(AnomalyKind.DUPLICATE, Cause.UNEXPLAINED),
        "an application that sends again stores twice, whatever its producer does");
  }

  @Test
  void whenAnApplicationCommitsDecidesWhatItDoesTwiceOrNever() {
    Run before = Run.of(Profiles.BASE, "group-commit-first");
    Run after = Run.of(Profiles.BASE, "group-sync-batch");
    assertTrue(before.allows(AnomalyKind.LOST_PROCESSING, Cause.COMMIT_STRATEGY));
    assertFalse(before.allows(AnomalyKind.DUPLICATE_PROCESSING, Cause.COMMIT_STRATEGY));
    assertFalse(after.allows(AnomalyKind.LOST_PROCESSING, Cause.COMMIT_STRATEGY));
    assertTrue(after.allows(AnomalyKind.DUPLICATE_PROCESSING, Cause.COMMIT_STRATEGY));
    Run exactly = Run.of(Profiles.transactional(Profiles.BASE), "consume-transform-produce");
    assertFalse(exactly.allows(AnomalyKind.DUPLICATE_PROCESSING, Cause.COMMIT_STRATEGY));
    Run plain = Run.of(Profiles.BASE, "consume-transform-produce-plain");
    assertTrue(plain.allows(AnomalyKind.DUPLICATE_PROCESSING, Cause.COMMIT_STRATEGY));
  }

  @Test
  void whoReadsUncommittedDataSeesWhatIsAborted() {
    assertTrue(
        Run.of(Profiles.BASE, "transactions").allows(AnomalyKind.ABORTED_READ, Cause.UNEXPLAINED));
    assertFalse(
        Run.of(Profiles.transactional(Profiles.BASE), "transactions")
            .allows(AnomalyKind.ABORTED_READ, Cause.UNEXPLAINED));
  }

  @Test
  void bugsOfAReleaseAreExpectedOfItAlone() {
    Experiment free =
        FreeRun.of("group-auto-commit", List.of("kill"), Profiles.BASE, NEWEST).halves().get(0);
    assertTrue(free.expectation("2.8.2") instanceof Expectation.ButForKnownBug);
    assertEquals(EnumSet.allOf(ClientBug.class), free.byClient().bugs());
  }
}
