package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.jepsen.KafkaExport;
import dev.trial.checkers.jepsen.KafkaHistory;
import dev.trial.checkers.jepsen.KafkaHistoryReader;
import dev.trial.checkers.jepsen.KafkaJudge;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Our histories as Jepsen's: what both judges know, both find. */
class KafkaExportTest {
  private static final int TRIES = 60;

  /** What both judge by the same evidence. */
  private static final Set<AnomalyKind> BOTH =
      EnumSet.of(
          AnomalyKind.LOST_WRITE,
          AnomalyKind.TAIL_LOSS,
          AnomalyKind.DUPLICATE,
          AnomalyKind.INCONSISTENT_OFFSETS,
          AnomalyKind.PHANTOM,
          AnomalyKind.POLL_SKIP,
          AnomalyKind.INT_POLL_SKIP,
          AnomalyKind.NONMONOTONIC_POLL,
          AnomalyKind.INT_NONMONOTONIC_POLL,
          AnomalyKind.NONMONOTONIC_SEND,
          AnomalyKind.ABORTED_READ);

  private static String edn(Story story) {
    StringBuilder out = new StringBuilder();
    try {
      assertEquals(List.of(Story.P0), KafkaExport.write(story.history(), out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static Verdict exported(Story story) {
    byte[] edn = edn(story).getBytes(StandardCharsets.UTF_8);
    try {
      KafkaHistory history = KafkaHistoryReader.read(new ByteArrayInputStream(edn));
      return new KafkaJudge(null, () -> Budget.UNLIMITED).judge(history);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSame(Tampering tampering, AnomalyKind expected) {
    Story story = tampering.run.story;
    Set<String> ours = new TreeSet<>();
    story.judge(-1).anomalies().stream()
        .filter(each -> BOTH.contains(each.kind()))
        .forEach(each -> ours.add(each.kind().id()));
    assertTrue(ours.contains(expected.id()), () -> expected + " is not among " + ours);
    Set<String> jepsens = exported(story).counts().keySet();
    assertTrue(jepsens.containsAll(ours), () -> ours + " but exported " + jepsens);
  }

  @Property(tries = 300)
  void whatIsCorrectIsValidThereToo(@ForAll long seed) {
    Story story = new CorrectRun(seed, -1, 120).story;
    assertEquals(Map.of(), exported(story).counts());
  }

  @Property(tries = TRIES)
  void aLostWrite(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    long value = Tampering.send(tampering.acknowledged()).value();
    tampering.forgetFinally(value);
    tampering.forgetInPolls(value);
    assertSame(tampering, AnomalyKind.LOST_WRITE);
  }

  @Property(tries = TRIES)
  void aLostTail(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    List<Operation> before = new ArrayList<>(story.operations);
    story.operations.clear();
    // Before the end is told, as only then it proves anything.
    long invoked = story.invoke(Story.PRODUCER + 1, 7);
    story.complete(invoked, Stage.OK, tampering.run.log.lastKey() + 1_000);
    for (Operation each : before) {
      long invocation = each.invocation() < 0 ? each.invocation() : each.invocation() + 2;
      story.operations.add(
          new Operation(
              each.index() + 2,
              each.timeNs(),
              each.process(),
              each.stage(),
              invocation,
              each.action()));
    }
    assertSame(tampering, AnomalyKind.TAIL_LOSS);
  }

  @Property(tries = TRIES)
  void aDuplicate(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    tampering.appendFinally(Tampering.send(tampering.acknowledged()).value());
    assertSame(tampering, AnomalyKind.DUPLICATE);
  }

  @Property(tries = TRIES)
  void aPhantom(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    tampering.appendFinally(5);
    assertSame(tampering, AnomalyKind.PHANTOM);
  }

  @Property(tries = TRIES)
  void aRecordLeftOut(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Operation poll = tampering.pollOfSeveral();
    List<Delivered> records = new ArrayList<>(((Poll) poll.action()).records());
    records.remove(1);
    tampering.replace(poll.index(), new Poll(records, null));
    assertSame(tampering, AnomalyKind.INT_POLL_SKIP);
  }

  @Property(tries = TRIES)
  void recordsTheOtherWayRound(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Operation poll = tampering.pollOfSeveral();
    List<Delivered> records = new ArrayList<>(((Poll) poll.action()).records());
    Collections.swap(records, 0, 1);
    tampering.replace(poll.index(), new Poll(records, null));
    assertSame(tampering, AnomalyKind.INT_NONMONOTONIC_POLL);
  }

  @Property(tries = TRIES)
  void twoValuesAtOneOffset(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Operation poll = tampering.pollOfSeveral();
    List<Delivered> records = new ArrayList<>(((Poll) poll.action()).records());
    Delivered one = records.get(0);
    Delivered other = records.get(1);
    records.set(1, new Delivered(one.partition(), other.offset(), one.value(), one.key(), null));
    tampering.replace(poll.index(), new Poll(records, null));
    assertSame(tampering, AnomalyKind.INCONSISTENT_OFFSETS);
  }

  // ---- transactions

  private static void call(Story story, Producing.Call call, Stage stage) {
    Producing producing = new Producing(call, "t", null);
    long invoked = story.add(Story.PRODUCER, Stage.INVOKE, -1, producing);
    story.add(Story.PRODUCER, stage, invoked, producing);
  }

  private static Story transactions(Producing.Call end, Stage stage) {
    Story story = new Story();
    story.start(Story.PRODUCER, Action.Start.Kind.PRODUCER);
    call(story, Producing.Call.BEGIN_TRANSACTION, Stage.OK);
    long one = story.invoke(1);
    long two = story.invoke(2);
    story.complete(two, Stage.OK, 1);
    story.complete(one, Stage.OK, 0);
    call(story, end, stage);
    story.start(Story.READER, Action.Start.Kind.READER);
    story.poll(Story.READER, 0, 1, 1, 2);
    return story;
  }

  @Example
  void theSendsOfATransactionAreOneOperation() {
    Story committed = transactions(Producing.Call.COMMIT_TRANSACTION, Stage.OK);
    assertEquals(Map.of(), exported(committed).counts());
    List<String> lines = edn(committed).lines().toList();
    assertEquals(
        "{:index 0, :time 3000000, :process 0, :type :invoke, :f :txn,"
            + " :value [[:send 0 1] [:send 0 2]]}",
        lines.get(0));
    assertEquals(
        "{:index 1, :time 8000000, :process 0, :type :ok, :f :txn,"
            + " :value [[:send 0 [0 1]] [:send 0 [1 2]]]}",
        lines.get(1));
    assertEquals(4, lines.size());
  }

  @Example
  void anAbortedOneFailedAndOneOfUnknownEndIsInfo() {
    Story aborted = transactions(Producing.Call.ABORT_TRANSACTION, Stage.OK);
    assertEquals(Map.of("aborted-read", 2), exported(aborted).counts());
    Story unknown = transactions(Producing.Call.COMMIT_TRANSACTION, Stage.INFO);
    assertEquals(Map.of(), exported(unknown).counts());
    assertTrue(edn(unknown).contains(":type :info, :f :txn"));
  }
}
