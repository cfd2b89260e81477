package dev.trial.checkers.jepsen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.Injects;
import dev.trial.checkers.jepsen.Op.Poll;
import dev.trial.checkers.jepsen.Op.Rec;
import dev.trial.checkers.jepsen.Op.Send;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** One read too early closes a circle, and the circle is found with its shortest proof. */
public class InjectedCyclesTest {
  private static final int TRIES = 60;

  private static Verdict judge(KafkaRun run) {
    return new KafkaJudge(new InformationCycles(), () -> Budget.UNLIMITED).judge(run.history());
  }

  private static KafkaRun run(long seed) {
    return new KafkaRun(seed, 4, 3, 120);
  }

  @Property(tries = 200)
  void whatIsCorrectHasNoCycles(@ForAll long seed) {
    assertEquals(Map.of(), judge(run(seed)).counts());
  }

  /** The first two operations that fit; {@code early} will read what {@code late} sent. */
  private static Op[] find(KafkaRun run, BiPredicate<Op, Op> fits) {
    for (Op early : run.ops) {
      for (Op late : run.ops) {
        boolean candidates = early.ok() && late.ok() && early.index < late.index;
        if (candidates && !late.sends().isEmpty() && fits.test(early, late)) {
          return new Op[] {early, late};
        }
      }
    }
    Assume.that(false);
    throw new AssertionError();
  }

  private static void readAhead(KafkaRun run, Op early, Op late) {
    Send sent = late.sends().get(0);
    Rec record =
        run.logs.get(sent.key).stream()
            .filter(each -> each.value() == sent.value)
            .findFirst()
            .orElseThrow();
    Op asked = run.ops.get(early.index - 1);
    asked.mops.add(new Poll());
    Poll poll = new Poll();
    poll.records.add(record);
    early.mops.add(poll);
  }

  private static void assertCircle(KafkaRun run, AnomalyKind kind, Op[] pair) {
    List<Anomaly> found =
        judge(run).anomalies().stream().filter(each -> each.kind() == kind).toList();
    assertEquals(1, found.size(), found::toString);
    assertEquals(List.of((long) pair[0].index, (long) pair[1].index), found.get(0).operations());
    assertTrue(
        found.get(0).sentence().endsWith(": each would have to be over before the other."),
        found.get(0)::sentence);
  }

  private static boolean reads(Op reader, Op writer) {
    return writer.sends().stream()
        .anyMatch(
            sent ->
                reader.polls().stream()
                    .flatMap(poll -> poll.records.stream())
                    .anyMatch(each -> each.key() == sent.key && each.value() == sent.value));
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.G1C)
  void twoThatReadEachOther(@ForAll long seed) {
    KafkaRun run = run(seed);
    Op[] pair = find(run, (early, late) -> early.f.equals("txn") && reads(late, early));
    readAhead(run, pair[0], pair[1]);
    assertCircle(run, AnomalyKind.G1C, pair);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.G1C_PROCESS)
  void aProcessThatReadsWhatItWillSend(@ForAll long seed) {
    KafkaRun run = run(seed);
    Op[] pair = find(run, (early, late) -> early.f.equals("poll") && early.process == late.process);
    readAhead(run, pair[0], pair[1]);
    assertCircle(run, AnomalyKind.G1C_PROCESS, pair);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.G1C_REALTIME)
  void aReadOfWhatIsSentOnlyLater(@ForAll long seed) {
    KafkaRun run = run(seed);
    Op[] pair = find(run, (early, late) -> early.f.equals("poll") && sendsNothingAfter(run, early));
    readAhead(run, pair[0], pair[1]);
    assertCircle(run, AnomalyKind.G1C_REALTIME, pair);
    assertTrue(
        judge(run).anomalies().stream()
            .anyMatch(each -> each.sentence().contains(" was over before operation ")));
  }

  private static boolean sendsNothingAfter(KafkaRun run, Op op) {
    return run.ops.stream()
        .noneMatch(
            each -> each.process == op.process && each.index > op.index && !each.sends().isEmpty());
  }

  /** Once told with an operation between the two that the proof does not need. */
  @Example
  void aReadOfWhatIsSentLaterAndAWayThroughValues() {
    aReadOfWhatIsSentOnlyLater(221);
  }
}
