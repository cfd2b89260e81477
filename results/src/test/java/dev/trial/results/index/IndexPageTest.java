package dev.trial.results.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Outcome;
import dev.trial.results.index.Shown.Where;
import org.junit.jupiter.api.Test;

/** What the overview says of runs. */
class IndexPageTest {
  private final RunIndex index = new RunIndex();

  private static IndexedRun calm(long seed) {
    return new IndexedRun("bursts", seed, Outcome.AS_EXPECTED, null, false, null, 1_000);
  }

  private static IndexedRun unknown(String reason) {
    return new IndexedRun("bursts", 1, Outcome.UNKNOWN, reason, false, null, 1_000);
  }

  private static IndexedRun shows(AnomalyKind kind, long seed, String sentence, Where where) {
    Shown shown = new Shown(kind, Cause.UNEXPLAINED, sentence, where);
    return new IndexedRun("a-claim", seed, Outcome.FINDING, null, true, shown, 1_000);
  }

  private static Where stored(String name) {
    return new Where(null, "./" + name + "/report.html", "./trial replay " + name);
  }

  private static int count(String page, String part) {
    return page.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  @Test
  void eachKindAndCauseIsToldOnceTheGravestFirst() {
    index.add("1", shows(AnomalyKind.DUPLICATE, 1, "twice", stored("d")));
    index.add("1", shows(AnomalyKind.LOST_WRITE, 7, "gone 7", new Where(null, null, null)));
    index.add("1", shows(AnomalyKind.LOST_WRITE, 9, "gone 9", stored("l")));
    index.add("2", shows(AnomalyKind.LOST_WRITE, 8, "gone 8", new Where(null, null, null)));
    String page = IndexPage.of(index, "results");
    assertEquals(1, count(page, "<h3>lost-write</h3>"));
    assertTrue(page.indexOf("<h3>lost-write") < page.indexOf("<h3>duplicate"), page);
    assertTrue(page.contains("3 runs, first in 1, last in 2"), page);
    assertTrue(page.contains("gone 9"), "the one that can be looked at is shown: " + page);
    assertTrue(page.contains("href=\"./l/report.html\""), page);
    assertTrue(page.contains("<title>4 runs, 2 findings · results · Trial</title>"), page);
  }

  @Test
  void noTextBecomesAnElement() {
    String evil = "</title><script>alert(1)</script>&\"'";
    index.add(evil, shows(AnomalyKind.LOST_WRITE, 1, evil, new Where(evil, evil, evil)));
    index.add(evil, new IndexedRun(evil, 1, Outcome.UNKNOWN, evil, false, null, 1));
    index.unread(evil);
    String page = IndexPage.of(index, evil);
    assertFalse(page.contains("<script"), page);
    assertEquals(1, count(page, "</title>"));
    assertFalse(page.contains("\"'"), "no attribute is ended: " + page);
  }

  /** 100,000 different runs leave as many bars and reasons as a page can show. */
  @Test
  void whatIsHeldDoesNotGrowWithTheRuns() {
    for (int i = 0; i < 100_000; i++) {
      index.add("1", i % 1_000 == 999 ? unknown("only " + i + " operations") : calm(i));
    }
    for (char a = 'a'; a <= 'z'; a++) {
      for (char b = 'a'; b <= 'z'; b++) {
        index.add("1", unknown("reason " + a + b));
      }
    }
    assertTrue(index.series().stretches().size() <= RunSeries.MOST);
    assertEquals(index.runs(), index.series().stretches().stream().mapToInt(Tally::runs).sum());
    assertEquals(RunIndex.REASONS_MOST + 1, index.reasons(Outcome.UNKNOWN).size());
    assertEquals(
        index.all().of(Outcome.UNKNOWN),
        index.reasons(Outcome.UNKNOWN).stream().mapToInt(RunIndex.Reason::runs).sum());
    String page = IndexPage.of(index, "results");
    assertTrue(page.contains("only 999 operations"), "one of those that are alike is told");
    assertFalse(page.contains("only 1999 operations"));
    assertTrue(page.length() < 100_000, "characters: " + page.length());
  }

  @Test
  void whatWasNotReadIsNotCalledClean() {
    index.add("1", calm(1));
    assertTrue(IndexPage.of(index, "r").contains("1 runs, no finding · r"));
    index.unread("x/verdict.json: is empty");
    String page = IndexPage.of(index, "r");
    assertTrue(page.contains("no finding, not all could be judged"), page);
    assertTrue(page.contains("x/verdict.json: is empty"), page);
  }
}
