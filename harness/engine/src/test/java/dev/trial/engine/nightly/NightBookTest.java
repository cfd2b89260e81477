package dev.trial.engine.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.input.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which campaign a plan means, and the parts of one. */
class NightBookTest {
  @TempDir private Path directory;

  private NightBook open(NightPlan plan, boolean anySeed) {
    return NightBook.open(directory, plan, anySeed, run -> {});
  }

  @Test
  void goesOnWithWhatWasNotFinished() {
    try (NightBook book = open(Nights.plan(10), false)) {
      book.add(Nights.run(0, null));
      book.add(Nights.run(4, Nights.LOST));
    }
    try (NightBook book = open(Nights.plan(10), false)) {
      assertTrue(book.resumed());
      assertEquals(Set.of(0L, 4L), book.items("sim"));
      assertEquals(2, book.summary().runs());
      assertTrue(book.elapsedMs() >= 6_000, "its time goes on");
      book.end();
    }
    try (NightBook book = open(Nights.plan(10), false)) {
      assertFalse(book.resumed());
      assertEquals(directory.resolve("2"), book.directory());
    }
  }

  @Test
  void anotherPlanIsAnotherCampaign() {
    open(Nights.plan(10), false).close();
    try (NightBook book = open(Nights.plan(11), false)) {
      assertFalse(book.resumed());
    }
  }

  /** Seeds of the day: a campaign that goes on after midnight keeps its own. */
  @Test
  void whereAnySeedWillDoTheOldOnesAreKept() {
    open(Nights.plan(0), true).close();
    try (NightBook book = open(Nights.plan(0).from(7_000), true)) {
      assertTrue(book.resumed());
      assertEquals(100, book.plan().firstSeed());
    }
  }

  private void part(int index, int count, boolean done, long... items) {
    Path own = directory.resolve("part-" + index);
    try (NightBook book = NightBook.open(own, Nights.part(index, count), false, run -> {})) {
      for (long item : items) {
        book.add(Nights.run(item, item == 3 ? Nights.LOST : null));
      }
      if (done) {
        book.end();
      }
    }
  }

  private List<Path> parts(int... indexes) {
    return java.util.Arrays.stream(indexes)
        .mapToObj(index -> directory.resolve("part-" + index))
        .toList();
  }

  @Test
  void partsAddUpToTheWhole() {
    part(1, 2, true, 0, 2);
    part(2, 2, true, 3, 1);
    Parts all = Parts.read(parts(2, 1));
    assertEquals(List.of(), all.missing());
    try (NightBook book = all.unite(directory.resolve("whole"), run -> {})) {
      NightSummary whole = new NightSummary();
      List.of(0L, 1L, 2L).forEach(item -> whole.add(Nights.run(item, null)));
      whole.add(Nights.run(3, Nights.LOST));
      assertEquals(
          NightSummaryJson.of(Nights.plan(10), whole, List.of()),
          NightSummaryJson.of(book.plan(), book.summary(), List.of()));
    }
  }

  @Test
  void whatIsMissingIsTold() {
    part(1, 3, true, 0);
    part(3, 3, false, 2);
    assertEquals(
        List.of(
            "part 2/3 is not here",
            directory.resolve("part-3").resolve("1") + " did not come to its end"),
        Parts.read(parts(1, 3)).missing());
  }

  @Test
  void whatIsNoPartOfItIsRefused() {
    part(1, 2, true, 0);
    refused("are both part 1/2", directory.resolve("part-1"), directory.resolve("part-1/1"));
    part(2, 3, true, 0);
    refused("is no part of the campaign", parts(1, 2).toArray(Path[]::new));
    refused("no campaign is in it", directory.resolve("nothing"));
  }

  private static void refused(String problem, Path... parts) {
    UsageException refused = assertThrows(UsageException.class, () -> Parts.read(List.of(parts)));
    assertTrue(refused.getMessage().contains(problem), refused.getMessage());
  }
}
