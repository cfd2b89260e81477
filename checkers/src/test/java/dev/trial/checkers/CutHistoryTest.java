package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * A history that stops in the middle proves what it shows, and nothing by what it does not show.
 */
class CutHistoryTest {

  /** Wherever it is cut: never valid, and nothing is told that the whole history does not tell. */
  @Property(tries = 600)
  void cutAnywhereItIsNeverValid(@ForAll long seed, @ForAll @IntRange(max = 120) int steps) {
    int acks = new Random(seed).nextBoolean() ? -1 : 1;
    History whole = new CorrectRun(seed, acks, steps).story.history();
    int at = new Random(seed + 1).nextInt(whole.size());
    notMoreThan(judged(whole, acks), judged(until(whole, at), acks));
  }

  @Property(tries = 300)
  void soIsOneOfTransactions(@ForAll long seed, @ForAll @IntRange(max = 80) int steps) {
    CorrectTransactions run = new CorrectTransactions(seed, steps);
    run.finish(run.committed());
    History whole = run.story.history();
    int at = new Random(seed).nextInt(whole.size());
    notMoreThan(judged(whole, -1), judged(until(whole, at), -1));
  }

  @Property(tries = 200)
  void whatWasProvenUntilThenStands(@ForAll long seed) {
    Tampering tampering = new Tampering(seed);
    Story story = tampering.run.story;
    long oracle = story.fact(-1, new Action.Oracle("changed-buffer", "client-1", "byte 7"));
    History whole = story.history();
    Verdict cut = judged(until(whole, (int) oracle + 1), -1);
    assertEquals(1, Story.of(cut, AnomalyKind.WIRE_CORRUPTION).size());
    assertEquals(Validity.INVALID, cut.validity());
  }

  @Test
  void itIsSaidInWhichPhaseItStops() {
    History whole = new CorrectRun(7, -1, 60).story.history();
    for (Operation each : whole.operations()) {
      if (each.action() instanceof Phase phase && phase.phase() != Phase.Name.DONE) {
        Verdict cut = judged(until(whole, (int) each.index() + 1), -1);
        String name = phase.phase().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        assertEquals("the history stops in phase " + name, cut.stopped());
        assertTrue(
            cut.findings().stream().map(Finding::unknown).allMatch(cut.stopped()::equals),
            cut::toString);
      }
    }
  }

  /** Two hundred thousand lines of one phase were valid once. */
  @Test
  void phasesAloneAreNoRun() {
    Story story = new Story();
    for (int i = 0; i < 1_000; i++) {
      story.fact(-1, new Action.Phase(Phase.Name.LOAD));
    }
    Verdict verdict = judged(new History(story.operations), -1);
    assertEquals(Validity.UNKNOWN, verdict.validity());
    assertEquals("the history stops in phase load", verdict.stopped());
  }

  @Test
  void aRunOfNothingButAllItsPhasesLacksTheRest() {
    Story story = new Story();
    story.phase(Phase.Name.DONE);
    Verdict verdict = judged(new History(story.operations), -1);
    assertEquals(Validity.UNKNOWN, verdict.validity());
    assertEquals(null, verdict.stopped());
  }

  // ---- a part is missing in the middle

  @Property(tries = 150)
  void withoutAPartItIsNeverValid(@ForAll long seed, @ForAll @IntRange(max = 100) int steps) {
    int acks = new Random(seed).nextBoolean() ? -1 : 1;
    History whole = new CorrectRun(seed, acks, steps).story.history();
    Verdict verdict = judged(whole, acks);
    for (Operation each : whole.operations()) {
      boolean part =
          each.action() instanceof Phase
              || each.action() instanceof End
              || each.action() instanceof Action.ReplicaLog;
      if (part) {
        notMoreThan(verdict, judged(without(whole, each), acks));
      }
    }
    notMoreThan(verdict, judged(withoutReader(whole), acks));
  }

  // ----

  private static Verdict judged(History history, int acks) {
    return Judge.judge(history, Story.rules(acks));
  }

  private static History until(History whole, int end) {
    return new History(whole.operations().subList(0, end));
  }

  private static History without(History whole, Operation gone) {
    return new History(
        whole.operations().stream().map(each -> each == gone ? note(each) : each).toList());
  }

  private static History withoutReader(History whole) {
    return new History(
        whole.operations().stream()
            .map(each -> each.process() == Story.READER ? note(each) : each)
            .toList());
  }

  private static Operation note(Operation old) {
    return new Operation(
        old.index(),
        old.timeNs(),
        old.process(),
        Stage.INFO,
        Operation.NO_INVOCATION,
        new Action.Note("gone"));
  }

  private static void notMoreThan(Verdict whole, Verdict less) {
    assertNotEquals(Validity.VALID, less.validity());
    for (Anomaly each : less.anomalies()) {
      assertTrue(
          whole.anomalies().stream().anyMatch(known -> same(known, each)),
          () -> each + " is not among " + whole.anomalies());
    }
  }

  /** The same thing, though its cause may not be told, and other operations may show it. */
  private static boolean same(Anomaly known, Anomaly each) {
    boolean cause =
        known.cause() == each.cause()
            || each.cause() == Cause.UNTOLD
            || each.cause() != Cause.UNEXPLAINED;
    return cause
        && known.kind() == each.kind()
        && known.partition().equals(each.partition())
        && known.offsets().equals(each.offsets());
  }
}
