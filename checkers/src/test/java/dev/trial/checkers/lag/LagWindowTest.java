package dev.trial.checkers.lag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** One window for each of Burrow's rules. */
class LagWindowTest {
  private static final long END = 1_000;

  /** Five commits, a second apart from 1 s on: offset and lag alternate. */
  private static LagWindow window(long... offsetsAndLags) {
    LagWindow window = new LagWindow(5);
    for (int i = 0; i < offsetsAndLags.length; i += 2) {
      window.add(new LagWindow.Commit(1_000 + 500L * i, offsetsAndLags[i], offsetsAndLags[i + 1]));
    }
    return window;
  }

  @Test
  void aLagThatShrinksOnceIsOk() {
    assertEquals(LagStatus.OK, window(1, 9, 2, 9, 3, 8, 4, 20, 5, 30).status(6_000, END));
  }

  @Test
  void aLagThatOnlyGrowsOrStaysIsAWarning() {
    assertEquals(LagStatus.WARNING, window(1, 9, 2, 9, 3, 9, 4, 20, 5, 30).status(6_000, END));
    assertEquals(LagStatus.WARNING, window(1, 9, 2, 9, 3, 9, 4, 9, 5, 9).status(6_000, END));
  }

  @Test
  void oneOffsetAgainAndAgainIsStalled() {
    LagWindow window = window(7, 9, 7, 9, 7, 10, 7, 11, 7, 12);
    assertEquals(LagStatus.STALLED, window.status(6_000, END));
    assertEquals(true, window.status(6_000, END).error());
  }

  @Test
  void silenceLongerThanTheWindowIsStopped() {
    LagWindow window = window(1, 9, 2, 8, 3, 7, 4, 6, 5, 0);
    assertEquals(LagStatus.OK, window.status(9_000, END));
    assertEquals(LagStatus.STOPPED, window.status(9_001, END));
    assertEquals(LagStatus.OK, window.status(9_001, 5), "at the end of the log there is no need");
  }

  @Test
  void noLagOnceOrAnUnknownOneIsOk() {
    assertEquals(LagStatus.OK, window(7, 0, 7, 9, 7, 10, 7, 11, 7, 12).status(6_000, END));
    assertEquals(
        LagStatus.OK, window(7, LagWindow.UNKNOWN, 7, 9, 7, 10, 7, 11, 7, 12).status(6_000, END));
  }

  @Test
  void onlyAFullWindowAlarmsAndTheOldestLeaveIt() {
    assertEquals(LagStatus.OK, window(7, 9, 7, 9, 7, 10, 7, 11).status(60_000, END));
    assertEquals(
        LagStatus.STALLED, window(7, 0, 7, 9, 7, 10, 7, 11, 7, 12, 7, 13).status(7_000, END));
    assertThrows(IllegalArgumentException.class, () -> new LagWindow(1));
  }
}
