package dev.trial.engine.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.claims.Profiles;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.corpus.Corpus;
import dev.trial.engine.corpus.Entry;
import dev.trial.engine.corpus.State;
import dev.trial.results.store.RunDirectory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a corpus in the nights that follow each other. */
class HarvestTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  @TempDir private Path directory;
  private int night;

  /** A night that tries the corpus, in which these runs were drawn; changes by entry. */
  private Map<String, Change.Kind> night(boolean shownAgain, NightRun... drawn) {
    night++;
    Path own = directory.resolve("night-" + night);
    try (NightBook book = NightBook.open(own, Nights.plan(10), false, run -> {})) {
      for (Entry entry : corpus().entries()) {
        book.add(Nights.ofCorpus(entry, shownAgain ? entry.sign() : null));
      }
      for (NightRun run : drawn) {
        RunDirectory.create(book.runs(), run.run(), spec(run.seed()));
        book.add(run);
      }
      return changes(book);
    }
  }

  private Map<String, Change.Kind> changes(NightBook book) {
    Harvest harvest =
        new Harvest(
            book, corpus(), (run, spec) -> spec.withLoadMs(2_000), FIRST.plusDays(night - 1));
    Map<String, Change.Kind> changes =
        harvest.gather().stream()
            .collect(Collectors.toMap(change -> change.entry().name(), Change::kind));
    Harvest again = new Harvest(book, corpus(), (run, spec) -> spec, FIRST.plusDays(night - 1));
    List<Entry> before = List.copyOf(corpus().entries());
    again.gather();
    assertEquals(before, List.copyOf(corpus().entries()), "doing it again changes nothing");
    return changes;
  }

  private static RunSpec spec(long seed) {
    return new RunSpec(
        null,
        "bursts",
        Parameters.of(),
        Profiles.BASE,
        "sim",
        "4.3.1",
        seed,
        10_000,
        List.of(),
        List.of("ack-before-in-sync"));
  }

  private Corpus corpus() {
    return Corpus.read(directory.resolve("corpus"));
  }

  private Entry entry() {
    return corpus().of(Nights.LOST);
  }

  @Test
  void fromNewToFixedToRegression() {
    assertEquals(
        Map.of("lost-write", Change.Kind.NEW),
        night(false, Nights.run(5, Nights.LOST), Nights.run(3, Nights.LOST)));
    assertEquals(103, entry().spec().seed(), "the smallest seed that showed it");
    assertEquals(2_000, entry().spec().loadMs(), "made smaller");
    assertEquals(List.of(), entry().spec().mutants());

    assertEquals(Map.of("lost-write", Change.Kind.STILL), night(true));
    assertEquals(FIRST, entry().firstSeen());
    assertEquals(FIRST.plusDays(1), entry().lastSeen());

    assertEquals(Map.of("lost-write", Change.Kind.FIXED), night(false));
    assertEquals(State.FIXED, entry().state());
    assertEquals(Map.of("lost-write", Change.Kind.QUIET), night(false));
    assertEquals(FIRST.plusDays(1), entry().lastSeen());

    assertEquals(Map.of("lost-write", Change.Kind.REGRESSION), night(true));
    assertEquals(State.OPEN, entry().state());
  }

  @Test
  void anotherRunThatShowsItTakesThePlaceOfOneThatDoesNot() {
    night(false, Nights.run(3, Nights.LOST));
    assertEquals(Map.of("lost-write", Change.Kind.STILL), night(false, Nights.run(7, Nights.LOST)));
    assertEquals(107, entry().spec().seed());
    night(false);
    assertEquals(
        Map.of("lost-write", Change.Kind.REGRESSION), night(false, Nights.run(8, Nights.LOST)));
    assertEquals(108, entry().spec().seed());
  }

  @Test
  void oneOfAKindIsKept() {
    night(false, Nights.run(3, Nights.LOST));
    assertEquals(
        Map.of("lost-write", Change.Kind.STILL, "duplicate", Change.Kind.NEW),
        night(true, Nights.run(1, Nights.LOST), Nights.run(2, Nights.TWICE)));
    assertEquals(103, entry().spec().seed(), "the one that is there already");
  }
}
