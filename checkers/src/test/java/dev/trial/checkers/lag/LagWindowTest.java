package dev.trial.checkers.lag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** One window for each of the rules in Burrow's evaluator, and for each exception to them. */
class LagWindowTest {
  private static final List<Long> FAR_AHEAD = List.of(900L, 1_000L);
  private static final LagRules FIVE = new LagRules(5, 0, 0, 10_000);

  /** Five commits, a second apart from 1 s on: offset and lag alternate. */
  private static LagWindow window(long... offsetsAndLags) {
    return window(FIVE, offsetsAndLags);
  }

  private static LagWindow window(LagRules rules, long... offsetsAndLags) {
    LagWindow window = new LagWindow(rules);
    for (int i = 0; i < offsetsAndLags.length; i += 2) {
      window.add(new LagWindow.Commit(1_000 + 500L * i, offsetsAndLags[i], offsetsAndLags[i + 1]));
    }
    return window;
  }

  private static void expect(LagStatus status, LagWindow window) {
    assertEquals(status, window.status(6_000, FAR_AHEAD));
  }

  // ---- currentLag > allowedLag

  @Test
  void withoutLagNowThereIsNothingToSay() {
    LagWindow stopped = window(1, 9, 2, 9, 3, 9, 4, 9, 5, 9);
    assertEquals(LagStatus.OK, stopped.status(60_000, List.of(4L, 5L)));
    assertEquals(LagStatus.OK, stopped.status(60_000, List.of(3L, 4L)), "ahead of a stale end");
    assertEquals(LagStatus.STOPPED, stopped.status(60_000, List.of(6L, 6L)));
  }

  @Test
  void ofALogWhoseEndNobodyKnowsThereIsNothingToSay() {
    LagWindow stopped = window(1, 9, 2, 9, 3, 9, 4, 9, 5, 9);
    assertEquals(LagStatus.OK, stopped.status(60_000, List.of()));
  }

  @Test
  void aLagThatIsAllowedIsNone() {
    LagRules rules = new LagRules(5, 0, 10, 10_000);
    LagWindow window = window(rules, 7, 11, 7, 12, 7, 13, 7, 14, 7, 15);
    assertEquals(LagStatus.OK, window.status(6_000, List.of(17L)));
    assertEquals(LagStatus.STALLED, window.status(6_000, List.of(18L)));
    LagWindow once = window(rules, 7, 10, 7, 12, 7, 13, 7, 14, 7, 15);
    assertEquals(LagStatus.OK, once.status(6_000, List.of(18L)));
  }

  // ---- checkIfOffsetsStopped, checkIfRecentLagZero

  @Test
  void silenceLongerThanTheWindowIsStopped() {
    LagWindow window = window(1, 9, 2, 8, 3, 7, 4, 6, 5, 0);
    assertEquals(LagStatus.OK, window.status(9_000, FAR_AHEAD));
    assertEquals(LagStatus.STOPPED, window.status(9_001, FAR_AHEAD), "no lag once is no excuse");
  }

  @Test
  void whoWasAtTheEndLatelyIsNotStoppedYet() {
    LagWindow window = window(1, 9, 2, 8, 3, 7, 4, 6, 5, 0);
    assertEquals(LagStatus.OK, window.status(60_000, List.of(5L, 900L, 1_000L)));
    assertEquals(LagStatus.STOPPED, window.status(60_000, List.of(6L, 900L, 1_000L)));
  }

  // ---- checkIfOffsetsRewind, checkIfRewindRecovered

  @Test
  void aStepBackIsARewindUntilItIsMadeGood() {
    expect(LagStatus.REWOUND, window(5, 9, 6, 8, 2, 12, 3, 11, 4, 10));
    expect(LagStatus.REWOUND, window(5, 0, 6, 0, 2, 4, 3, 3, 5, 1));
    expect(LagStatus.OK, window(5, 9, 6, 8, 2, 12, 3, 11, 6, 8));
  }

  @Test
  void onlyTheFirstStepBackCounts() {
    expect(LagStatus.OK, window(5, 9, 4, 10, 6, 8, 2, 12, 3, 11));
  }

  @Test
  void whoStoppedAfterARewindIsStopped() {
    LagWindow window = window(5, 9, 6, 8, 2, 12, 3, 11, 4, 10);
    assertEquals(LagStatus.STOPPED, window.status(60_000, FAR_AHEAD));
  }

  // ---- isLagAlwaysNotZero

  @Test
  void noLagOnceIsOk() {
    expect(LagStatus.OK, window(7, 0, 7, 9, 7, 10, 7, 11, 7, 12));
    expect(LagStatus.OK, window(1, 9, 2, 9, 3, 9, 4, 0, 5, 30));
  }

  @Test
  void aLagThatIsNotKnownIsNoProofThatThereWasNone() {
    expect(LagStatus.STALLED, window(7, LagWindow.UNKNOWN, 7, 9, 7, 10, 7, 11, 7, 12));
  }

  // ---- checkIfOffsetsStalled

  @Test
  void oneOffsetAgainAndAgainIsStalled() {
    expect(LagStatus.STALLED, window(7, 9, 7, 9, 7, 10, 7, 11, 7, 12));
    expect(LagStatus.WARNING, window(7, 9, 7, 9, 7, 10, 7, 11, 8, 12));
  }

  // ---- checkIfLagNotDecreasing

  @Test
  void aLagThatShrinksOnceIsOk() {
    expect(LagStatus.OK, window(1, 9, 2, 9, 3, 8, 4, 20, 5, 30));
  }

  @Test
  void aLagThatOnlyGrowsOrStaysIsAWarning() {
    expect(LagStatus.WARNING, window(1, 9, 2, 9, 3, 9, 4, 20, 5, 30));
    expect(LagStatus.WARNING, window(1, 9, 2, 9, 3, 9, 4, 9, 5, 9));
  }

  @Test
  void lagsAreComparedOverThoseThatAreNotKnown() {
    long unknown = LagWindow.UNKNOWN;
    expect(LagStatus.WARNING, window(1, 9, 2, unknown, 3, 9, 4, unknown, 5, 9));
    expect(LagStatus.OK, window(1, 9, 2, unknown, 3, 8, 4, unknown, 5, 9));
  }

  // ---- evaluatePartitionStatus

  @Test
  void whatIsNotFilledEnoughSaysNothing() {
    assertEquals(LagStatus.OK, new LagWindow(FIVE).status(60_000, FAR_AHEAD));
    LagRules full = new LagRules(5, 1, 0, 10_000);
    expect(LagStatus.OK, window(full, 7, 9, 7, 9, 7, 10, 7, 11));
    expect(LagStatus.STALLED, window(full, 7, 9, 7, 9, 7, 10, 7, 11, 7, 12));
    expect(LagStatus.STALLED, window(7, 9, 7, 9, 7, 10, 7, 11));
  }

  @Test
  void theOldestCommitsLeaveTheWindow() {
    LagWindow window = window(7, 0, 7, 9, 7, 10, 7, 11, 7, 12, 7, 13);
    assertEquals(LagStatus.STALLED, window.status(7_000, FAR_AHEAD));
    assertThrows(IllegalArgumentException.class, () -> new LagRules(0, 0, 0, 1));
  }

  @Test
  void errorsAreWhatBurrowCallsSo() {
    List<LagStatus> errors = List.of(LagStatus.STALLED, LagStatus.STOPPED, LagStatus.REWOUND);
    for (LagStatus each : LagStatus.values()) {
      assertEquals(errors.contains(each), each.error(), each.id());
    }
  }

  // ---- ends

  @Property(tries = 200)
  void theEndAtATimeIsTheHighestReachedByThen(
      @ForAll @Size(max = 30) List<@IntRange(max = 100) Integer> steps,
      @ForAll @IntRange(max = 400) int asked) {
    LogEnds ends = new LogEnds();
    long expected = 0;
    for (int i = 0; i < steps.size(); i++) {
      long timeMs = 10L * (i + 1);
      ends.reached(timeMs, steps.get(i));
      expected = timeMs <= asked ? Math.max(expected, steps.get(i)) : expected;
    }
    assertEquals(expected, ends.at(asked));
  }

  @Test
  void endsAreAskedForAtTheUsualTimesSinceTheBeginning() {
    LogEnds ends = new LogEnds();
    ends.reached(5_000, 10);
    ends.reached(15_000, 20);
    List<Long> told = new ArrayList<>(ends.lately(25_000, LagRules.DEFAULT));
    assertEquals(List.of(10L, 20L, 20L), told);
    assertTrue(ends.lately(200_000, LagRules.DEFAULT).size() == LagRules.DEFAULT.commits());
    assertFalse(ends.lately(0, LagRules.DEFAULT).isEmpty());
  }
}
