package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Nemesis;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A run that its faults did not touch proves nothing. */
final class VacuityTest {
  private static final ScheduledFault KILL =
      new ScheduledFault(0, 1, new Fault.Kill(), new Role.Broker(1));

  private final Story story = new Story();
  private final TreeMap<Long, Long> log = new TreeMap<>();

  @Test
  void tooFewOperationsSayNothing() {
    begin();
    story.send(100, 0);
    log.put(0L, 100L);
    end();
    assertEquals(Validity.UNKNOWN, judge(Vacuity.operations(2)).validity());
    assertEquals(Validity.VALID, judge(Vacuity.operations(1)).validity());
  }

  /** Whoever reads it wants to know why. */
  @Test
  void tooFewOperationsTellTheErrorThatClientsMetMostOften() {
    begin();
    story.send(100, 0);
    log.put(0L, 100L);
    failed(1, "DisconnectException: null");
    failed(2, "TimeoutException: Topic orders not present in metadata after 20000 ms.");
    failed(3, "TimeoutException: Expiring 1 record(s) for orders-0\nand more");
    end();
    assertEquals(
        List.of(
            "only 1 operations succeeded in the run; 2 are needed for a verdict; what clients met"
                + " most often, 2 times: TimeoutException: Topic orders not present in metadata"
                + " after 20000 ms."),
        unknown(judge(Vacuity.inRun(2))));
  }

  @Test
  void withoutAnyErrorNoneIsTold() {
    begin();
    end();
    assertEquals(
        List.of("only 0 operations succeeded in the run; 2 are needed for a verdict"),
        unknown(judge(Vacuity.inRun(2))).subList(0, 1));
  }

  private void failed(long value, String error) {
    Send asked = new Send(value, "k", "orders", -1, -1, null);
    long invocation = story.add(Story.PRODUCER, Stage.INVOKE, Operation.NO_INVOCATION, asked);
    Send answer = new Send(value, "k", "orders", 0, -1, error);
    story.add(Story.PRODUCER, Stage.INFO, invocation, answer);
  }

  private static List<String> unknown(Verdict verdict) {
    return verdict.findings().stream().map(Finding::unknown).filter(Objects::nonNull).toList();
  }

  /** Seen on Kafka: too few replicas were in sync for anything to succeed, and leaders changed. */
  @Test
  void aLeaderChangeUnderLoadSaysSomethingThoughNothingSucceeded() {
    begin();
    change(20);
    end();
    assertEquals(Validity.UNKNOWN, judge(Vacuity.operations(1)).validity());
    assertEquals(Validity.VALID, judge(Vacuity.leaderChanges(1)).validity());
  }

  @Test
  void leaderChangesWithoutLoadSayNothing() {
    begin();
    change(19);
    end();
    Verdict verdict = judge(Vacuity.leaderChanges(1));
    assertEquals(Validity.UNKNOWN, verdict.validity());
    assertEquals(
        List.of(
            "only 0 leader changes had 20 sends or more in flight or acknowledged; 1 are needed"
                + " for a verdict"),
        verdict.findings().stream().map(Finding::unknown).filter(Objects::nonNull).toList());
  }

  /** A client that could not start, or a cluster that nobody could reach. */
  @Test
  void aRunInWhichNothingSucceededSaysNothing() {
    begin();
    change(20);
    end();
    assertEquals(Validity.UNKNOWN, judge(Vacuity.inRun(1)).validity());
    assertEquals(Validity.UNKNOWN, judge(Vacuity.inRun(1).withoutFaults()).validity());
    assertEquals(Validity.VALID, judge(Vacuity.operations(1).withoutFaults()).validity());
  }

  @Test
  void aRunThatDidNotSettleSaysNothing() {
    begin();
    story.send(100, 0);
    log.put(0L, 100L);
    end();
    assertEquals(Validity.VALID, judge(Vacuity.NEVER).validity());
    story.fact(-1, new Oracle(Oracle.UNSETTLED, "run", "the final read was not complete"));
    assertEquals(Validity.UNKNOWN, judge(Vacuity.NEVER).validity());
  }

  /**
   * Seen on Kafka: the members died again before their group had formed. Two sends were
   * acknowledged, and nothing at all was asked of the group.
   */
  @Test
  void aGroupThatGotNothingUnderLoadSaysNothing() {
    assertEquals(
        List.of("no record was delivered to group g before the load was over"), unknownAbout(5));
    assertEquals(List.of(), unknownAbout(3));
  }

  /** What stays unknown when the group gets its first record at step 3, under load, or 5. */
  private List<String> unknownAbout(int deliveredAt) {
    Story told = new Story();
    told.elect(1, 1, Election.FIRST, 1, 2, 3);
    told.start(Story.PRODUCER, Kind.PRODUCER);
    told.start(7, Kind.CONSUMER);
    told.assigned(7, 1);
    told.send(100, 0);
    told.send(101, 1);
    for (int step = 3; step <= 5; step++) {
      if (step == deliveredAt) {
        told.poll(7, 0, 100, 1, 101);
      } else if (step == 4) {
        told.phase(Name.HEAL);
        told.phase(Name.LIVENESS);
      }
    }
    told.finalRead(new TreeMap<>(Map.of(0L, 100L, 1L, 101L)), 2);
    Rules rules =
        new Rules(
            -1,
            2,
            Set.of(Story.GROUP),
            Map.of(Story.GROUP, "earliest"),
            Set.of(),
            Vacuity.operations(1));
    return Judge.judge(told.history(), rules).findings().stream()
        .map(Finding::unknown)
        .filter(Objects::nonNull)
        .toList();
  }

  private void begin() {
    story.elect(1, 1, Election.FIRST, 1, 2, 3);
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.fact(-1, new Nemesis(KILL, List.of("broker-1"), Nemesis.Edge.BEGIN, null));
  }

  private void change(int inFlight) {
    long first = story.operations.size();
    for (int value = 0; value < inFlight; value++) {
      story.invoke(100 + value);
    }
    story.elect(2, 2, Election.CLEAN, 2, 3);
    for (int value = 0; value < inFlight; value++) {
      story.complete(first + value, Stage.INFO, -1);
    }
  }

  private void end() {
    story.fact(-1, new Nemesis(KILL, List.of("broker-1"), Nemesis.Edge.END, null));
    story.finalRead(log, log.size());
  }

  private Verdict judge(Vacuity vacuity) {
    return Judge.judge(story.history(), new Rules(-1, 2, Set.of(), Map.of(), Set.of(), vacuity));
  }
}
