package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End.How;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Logged;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Each injected anomaly is found, named by the operations that were tampered with. */
class InjectionTest {

  private static final int TRIES = 60;

  private static Anomaly found(Tampering tampering, AnomalyKind kind, long value, Long... proof) {
    Verdict verdict = tampering.run.story.judge(-1);
    assertEquals(Validity.INVALID, verdict.validity());
    for (Anomaly each : Story.of(verdict, kind)) {
      boolean concerned = value < 0 || each.values().contains(value);
      if (concerned && each.operations().containsAll(List.of(proof))) {
        assertEquals(Cause.UNEXPLAINED, each.cause(), each.toString());
        assertFalse(each.sentence().isEmpty());
        return each;
      }
    }
    throw new AssertionError(kind + " of " + value + " not in " + verdict.anomalies());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.LOST_WRITE)
  void lostWrite(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Operation ack = tampering.acknowledged();
    long value = Tampering.send(ack).value();
    tampering.forgetFinally(value);
    tampering.forgetInPolls(value);
    found(tampering, AnomalyKind.LOST_WRITE, value, ack.invocation(), ack.index());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.TAIL_LOSS)
  void tailLoss(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    long ack = tampering.run.story.send(7, tampering.endOffset() + 2);
    found(tampering, AnomalyKind.TAIL_LOSS, 7, ack);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.READ_THEN_LOST)
  void readThenLost(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    long value = Tampering.send(tampering.acknowledged()).value();
    tampering.forgetFinally(value);
    found(tampering, AnomalyKind.READ_THEN_LOST, value);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.DUPLICATE)
  void duplicate(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Operation ack = tampering.acknowledged();
    long again = tampering.appendFinally(Tampering.send(ack).value());
    Anomaly anomaly =
        found(tampering, AnomalyKind.DUPLICATE, Tampering.send(ack).value(), ack.index());
    assertTrue(anomaly.offsets().contains(again));
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.PHANTOM)
  void phantomNobodySent(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    tampering.appendFinally(5);
    found(tampering, AnomalyKind.PHANTOM, 5);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.PHANTOM)
  void phantomWithADefect(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Operation poll = tampering.pollOfSeveral();
    List<Delivered> records = new ArrayList<>(((Poll) poll.action()).records());
    Delivered old = records.get(1);
    records.set(
        1,
        new Delivered(old.partition(), old.offset(), old.value(), old.key(), "header x is gone"));
    tampering.replace(poll.index(), new Poll(records, null));
    Anomaly anomaly = found(tampering, AnomalyKind.PHANTOM, old.value(), poll.index());
    assertTrue(anomaly.sentence().contains("header x is gone"));
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.RESURRECTED)
  void resurrected(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Operation ack = tampering.acknowledged();
    Send send = Tampering.send(ack);
    tampering.operations.set(
        (int) ack.index(),
        new Operation(
            ack.index(), ack.timeNs(), ack.process(), Stage.FAIL, ack.invocation(), send));
    found(tampering, AnomalyKind.RESURRECTED, send.value(), ack.invocation(), ack.index());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.INCONSISTENT_OFFSETS)
  void inconsistentOffsets(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Operation poll = tampering.pollOfSeveral();
    List<Delivered> records = new ArrayList<>(((Poll) poll.action()).records());
    Delivered one = records.get(0);
    Delivered other = records.get(1);
    records.set(
        1, new Delivered(one.partition(), other.offset(), one.value(), one.key(), other.defect()));
    tampering.replace(poll.index(), new Poll(records, null));
    found(tampering, AnomalyKind.INCONSISTENT_OFFSETS, one.value(), poll.index());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.REPLICA_DIVERGENCE)
  void replicaDivergence(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    long dump = -1;
    for (Operation each : List.copyOf(tampering.operations)) {
      if (each.action() instanceof ReplicaLog log && log.broker() == 3) {
        List<Logged> records = new ArrayList<>(log.records());
        Logged old = records.get(records.size() / 2);
        records.set(
            records.size() / 2,
            new Logged(old.offset(), old.leaderEpoch() + 1, old.value(), false));
        tampering.replace(each.index(), Tampering.with(log, records, log.logEnd()));
        dump = each.index();
      }
    }
    found(tampering, AnomalyKind.REPLICA_DIVERGENCE, -1, dump);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.WATERMARK_REGRESSION)
  void watermarkRegression(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    long told = tampering.run.story.ends(50, 1);
    found(tampering, AnomalyKind.WATERMARK_REGRESSION, -1, told);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.INT_POLL_SKIP)
  void skipInsideAPoll(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Operation poll = tampering.pollOfSeveral();
    List<Delivered> records = ((Poll) poll.action()).records();
    long missing = records.get(1).value();
    tampering.replace(poll.index(), new Poll(Tampering.without(records, missing), null));
    found(tampering, AnomalyKind.INT_POLL_SKIP, missing, poll.index());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.INT_NONMONOTONIC_POLL)
  void backwardsInsideAPoll(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Operation poll = tampering.pollOfSeveral();
    List<Delivered> records = new ArrayList<>(((Poll) poll.action()).records());
    Collections.swap(records, 1, 2);
    tampering.replace(poll.index(), new Poll(records, null));
    found(tampering, AnomalyKind.INT_NONMONOTONIC_POLL, records.get(2).value(), poll.index());
  }

  @Property(tries = TRIES)
  @Injects({AnomalyKind.POLL_SKIP, AnomalyKind.NONMONOTONIC_POLL})
  void skipAndBackBetweenPolls(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    List<Long> offsets = new ArrayList<>(tampering.run.log.keySet());
    Story story = tampering.run.story;
    int fresh = 70;
    story.start(fresh, Kind.READER);
    read(tampering, fresh, offsets.get(0));
    long jumped = read(tampering, fresh, offsets.get(2));
    long back = read(tampering, fresh, offsets.get(1));
    long missed = tampering.run.log.get(offsets.get(1));
    found(tampering, AnomalyKind.POLL_SKIP, missed, jumped);
    found(tampering, AnomalyKind.NONMONOTONIC_POLL, missed, jumped, back);
  }

  private static long read(Tampering tampering, int process, long offset) {
    return tampering.run.story.poll(process, offset, tampering.run.log.get(offset));
  }

  @Property(tries = TRIES)
  @Injects({AnomalyKind.NONMONOTONIC_SEND, AnomalyKind.SEND_REORDER})
  void sendsInTheWrongOrder(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    long first = story.invoke(70);
    long second = story.invoke(73);
    long end = tampering.endOffset();
    tampering.appendFinally(73);
    tampering.appendFinally(70);
    story.complete(second, Stage.OK, end);
    long late = story.complete(first, Stage.OK, end + 1);
    found(tampering, AnomalyKind.NONMONOTONIC_SEND, 70, first, second, late);
    found(tampering, AnomalyKind.SEND_REORDER, 73, first, second);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.PROCESSING_REORDER)
  void processingReorder(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    int consumer = tampering.run.consumer();
    long ahead = story.process(consumer, 1_000_010, 33);
    long behind = story.process(consumer, 1_000_009, 36);
    found(tampering, AnomalyKind.PROCESSING_REORDER, 36, ahead, behind);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.DUPLICATE_PROCESSING)
  void processedAgainBelowTheCommittedOffset(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    long offset = tampering.run.log.firstKey();
    story.start(60, Kind.CONSUMER);
    story.assigned(60, 1000);
    story.committed(60, offset + 1);
    long value = tampering.run.log.get(offset);
    long again = story.process(60, offset, value);
    found(tampering, AnomalyKind.DUPLICATE_PROCESSING, value, again);
  }

  @Test
  void workOfTheLastBatchIsToldFromOlderWork() {
    Story story = new Story();
    for (int i = 0; i < 4; i++) {
      story.send(100 + i, i);
    }
    story.start(50, Kind.CONSUMER);
    story.assigned(50, 1);
    story.poll(50, 0, 100, 1, 101);
    story.process(50, 0, 100);
    story.process(50, 1, 101);
    story.poll(50, 2, 102, 3, 103);
    story.process(50, 2, 102);
    story.end(50, Action.End.How.CRASHED);
    story.start(51, Kind.CONSUMER);
    story.assigned(51, 2);
    story.poll(51, 0, 100, 1, 101, 2, 102, 3, 103);
    for (int i = 0; i < 4; i++) {
      story.process(51, i, 100 + i);
    }
    Map<Long, Cause> causes = new TreeMap<>();
    for (Anomaly each : Story.of(story.judge(-1), AnomalyKind.DUPLICATE_PROCESSING)) {
      causes.put(each.values().get(0), each.cause());
    }
    assertEquals(
        Map.of(100L, Cause.COMMIT_BEHIND, 101L, Cause.COMMIT_BEHIND, 102L, Cause.LAST_RECORD),
        causes);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.LOST_PROCESSING)
  void lostProcessing(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    long value = tampering.run.log.firstEntry().getValue();
    for (Operation each : List.copyOf(tampering.operations)) {
      if (each.action() instanceof Action.Process process && process.value() == value) {
        tampering.replace(each.index(), new Action.Note("crashed"));
      }
    }
    tampering.run.story.commit(tampering.run.consumer(), tampering.endOffset());
    List<Anomaly> lost = Story.of(tampering.run.story.judge(-1), AnomalyKind.LOST_PROCESSING);
    assertEquals(List.of(value), lost.get(0).values());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.SKIPPED_BY_GROUP)
  void skippedByGroup(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    List<Long> values = new ArrayList<>(tampering.run.log.values());
    long value = values.get(values.size() / 2);
    tampering.forgetInPolls(value);
    found(tampering, AnomalyKind.SKIPPED_BY_GROUP, value);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.COMMIT_REGRESSION)
  void commitRegressionAndItsLateCommit(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    int consumer = tampering.run.consumer();
    long high = story.commit(consumer, tampering.endOffset());
    long low = story.commit(consumer, 1);
    found(tampering, AnomalyKind.COMMIT_REGRESSION, -1, high, low);

    Tampering late = new Tampering(seed);
    long pending = late.run.story.commit(consumer, 1, Stage.INFO);
    late.run.story.commit(consumer, late.endOffset());
    late.run.story.assigned(consumer, 1_000);
    late.run.story.committed(consumer, 1);
    late.run.story.commit(consumer, 1);
    Anomaly explained = Story.of(late.run.story.judge(-1), AnomalyKind.COMMIT_REGRESSION).get(0);
    assertEquals(Cause.LATE_COMMIT, explained.cause());
    assertTrue(explained.operations().contains(pending), explained.toString());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.LOST_COMMIT)
  void lostCommit(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    long ack = story.commit(tampering.run.consumer(), tampering.endOffset());
    long told = story.committed(tampering.run.consumer(), -1);
    found(tampering, AnomalyKind.LOST_COMMIT, -1, ack, told);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.COMMIT_AHEAD)
  void commitAhead(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    long ahead = story.commit(tampering.run.consumer(), tampering.endOffset() + 4);
    found(tampering, AnomalyKind.COMMIT_AHEAD, -1, ahead);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.WRONG_START)
  void wrongStart(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    long offset = tampering.run.log.firstKey();
    story.start(60, Kind.CONSUMER);
    long took = story.assigned(60, 1000);
    story.committed(60, tampering.endOffset());
    long poll = story.poll(60, offset, tampering.run.log.get(offset));
    found(tampering, AnomalyKind.WRONG_START, tampering.run.log.get(offset), took, poll);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.OWNERSHIP_OVERLAP)
  void ownershipOverlap(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    story.start(60, Kind.CONSUMER);
    story.start(61, Kind.CONSUMER);
    long one = story.assigned(60, 1000);
    long other = story.assigned(61, 1000);
    found(tampering, AnomalyKind.OWNERSHIP_OVERLAP, -1, one, other);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.OWNERSHIP_OVERLAP)
  void ownershipOverlapAcrossEpochs(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    story.start(60, Kind.CONSUMER);
    story.start(61, Kind.CONSUMER);
    long one = story.assigned(60, 1000);
    long other = story.assigned(61, 1001);
    long commit = story.commit(60, tampering.endOffset());
    found(tampering, AnomalyKind.OWNERSHIP_OVERLAP, -1, one, other, commit);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.STUCK_CONSUMER)
  void stuckConsumer(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    long liveness = 0;
    for (Operation each : tampering.operations) {
      boolean phase =
          each.action() instanceof Action.Phase at && at.phase() == Action.Phase.Name.LIVENESS;
      liveness = phase ? each.index() : liveness;
    }
    Operation last = null;
    for (Operation each : tampering.operations) {
      boolean before = each.index() < liveness && each.stage() == Stage.OK;
      last = before && each.action() instanceof Send ? each : last;
    }
    long value = Tampering.send(last).value();
    Assume.that(value == tampering.run.log.lastEntry().getValue());
    boolean asked = false;
    for (Operation each : List.copyOf(tampering.operations)) {
      boolean live = each.index() > liveness && each.process() != Story.READER;
      if (live && each.action() instanceof Poll) {
        tampering.replace(each.index(), new Poll(List.of(), null));
        asked |= each.stage() == Stage.OK && each.process() == tampering.run.consumer();
      }
      boolean leaves = each.action() instanceof Action.Close || each.action() instanceof Action.End;
      if (live && leaves && each.process() == tampering.run.consumer()) {
        tampering.replace(each.index(), new Action.Note("it hangs"));
      }
    }
    Assume.that(asked); // whoever does not even poll shows nothing
    tampering.forgetInPolls(value);
    found(tampering, AnomalyKind.STUCK_CONSUMER, -1, liveness);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.CALLBACK_MISSING)
  void callbackMissingOrTwice(@ForAll long seed) {
    Tampering never = new Tampering(seed);
    Operation ack = never.acknowledged();
    never.replace(ack.index(), Tampering.send(ack));
    never.operations.set(
        (int) ack.index(),
        new Operation(ack.index(), 0, ack.process(), Stage.INFO, -1, new Action.Note("gone")));
    found(never, AnomalyKind.CALLBACK_MISSING, Tampering.send(ack).value(), ack.invocation());

    Tampering twice = new Tampering(seed);
    Operation first = twice.acknowledged();
    long second =
        twice.run.story.complete(first.invocation(), Stage.OK, Tampering.send(first).offset());
    found(
        twice, AnomalyKind.CALLBACK_MISSING, Tampering.send(first).value(), first.index(), second);
  }

  @Property(tries = 20)
  void aCrashedProducerOwesNoCallback(@ForAll long seed) {
    CorrectRun run = new CorrectRun(seed, -1, 40);
    run.story.start(5, Kind.PRODUCER);
    run.story.invoke(5, 9);
    run.story.end(5, How.CRASHED);
    assertEquals(List.of(), Story.of(run.story.judge(-1), AnomalyKind.CALLBACK_MISSING));
  }

  @Property(tries = 20)
  @Injects(AnomalyKind.WIRE_CORRUPTION)
  void wireCorruption(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    long oracle =
        tampering.run.story.fact(-1, new Action.Oracle("changed-buffer", "client-1", "byte 7"));
    found(tampering, AnomalyKind.WIRE_CORRUPTION, -1, oracle);
  }

  @Property(tries = 20)
  @Injects(AnomalyKind.CLIENT_ERROR)
  void clientError(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    long oracle =
        tampering.run.story.fact(
            -1, new Action.Oracle("uncaught-exception", "client-1", "NullPointerException"));
    Anomaly found = found(tampering, AnomalyKind.CLIENT_ERROR, -1, oracle);
    assertEquals("A thread of client-1 failed: NullPointerException", found.sentence());
  }

  @Property(tries = 20)
  @Injects(AnomalyKind.BROKER_INVARIANT)
  void brokerInvariant(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    long oracle =
        tampering.run.story.fact(
            -1, new Action.Oracle("invariant", "cluster", "orders-0 has two leaders in epoch 3"));
    Anomaly found = found(tampering, AnomalyKind.BROKER_INVARIANT, -1, oracle);
    assertTrue(found.sentence().contains("two leaders in epoch 3"), found.sentence());
  }

  @Property(tries = 20)
  @Injects(AnomalyKind.BROKER_INVARIANT)
  void faultOfAHandler(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    long oracle =
        tampering.run.story.fact(
            -1, new Action.Oracle(Action.Oracle.HANDLER_FAULT, "broker-1", "METADATA version 10"));
    Anomaly found = found(tampering, AnomalyKind.BROKER_INVARIANT, -1, oracle);
    assertTrue(found.sentence().startsWith("broker-1 failed in a request"), found.sentence());
  }

  @Property(tries = TRIES)
  void whatNobodyHasReadWithoutProofOfTheEndIsUnknown(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    for (Operation each : List.copyOf(tampering.operations)) {
      boolean proof = each.action() instanceof ReplicaLog || each.action() instanceof Action.Ends;
      if (proof || each.process() == Story.READER) {
        tampering.replace(each.index(), new Action.Note("cut short"));
      }
    }
    tampering.run.story.send(7, 1_000_000);
    Verdict verdict = tampering.run.story.judge(-1);
    assertTrue(
        verdict.anomalies().stream().noneMatch(each -> each.values().contains(7L)),
        verdict.anomalies()::toString);
    assertTrue(verdict.findings().stream().anyMatch(each -> each.unknown() != null));
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.UNAVAILABLE)
  void unavailable(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    story.send(6, tampering.endOffset());
    long first = story.invoke(7);
    long refused = refuse(story, first);
    story.sleep(30_000);
    long last = refuse(story, story.invoke(8));
    story.send(9, tampering.endOffset() + 1);
    Rules rules =
        new Rules(-1, 2, Set.of(), Map.of(), Set.of(AnomalyKind.UNAVAILABLE), Vacuity.NEVER);
    List<Anomaly> found = Judge.judge(story.history(), rules).anomalies();
    assertTrue(
        found.stream()
            .anyMatch(each -> each.operations().containsAll(List.of(first, refused, last))),
        found::toString);
  }

  private static long refuse(Story story, long invocation) {
    Send asked = (Send) story.operations.get((int) invocation).action();
    Send refused =
        new Send(asked.value(), asked.key(), Story.P0.topic(), 0, -1, "TimeoutException");
    return story.add(Story.PRODUCER, Stage.INFO, invocation, refused);
  }

  @Property(tries = 20)
  void aClusterThatServesIsAvailable(@ForAll long seed) {
    CorrectRun run = new CorrectRun(seed, -1, 120);
    Rules rules =
        new Rules(-1, 2, Set.of(), Map.of(), Set.of(AnomalyKind.UNAVAILABLE), Vacuity.NEVER);
    assertEquals(List.of(), Judge.judge(run.story.history(), rules).anomalies());
  }
}
