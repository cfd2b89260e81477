package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.History;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.StepBudget;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import dev.trial.core.work.Workers;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Rules RULES = Story.rules(1);

  @Test
  void withoutAnyBudgetAllIsUnknown() {
    History history = new CorrectRun(3, 1, 2_000).story.history();
    Verdict verdict = judge(history, () -> () -> "its 0 ms are over");
    assertEquals(Validity.UNKNOWN, verdict.validity());
    assertEquals(Judge.checkers().size(), verdict.findings().size());
    for (Finding each : verdict.findings()) {
      assertTrue(each.unknown().startsWith("stopped because its 0 ms are over, after 0 of "));
    }
  }

  @Test
  void whatStopsACheckerSaysHowFarItCame() {
    History history = new CorrectRun(3, 1, 5_000).story.history();
    Iterator<Budget> evidenceFirst = List.of(Budget.UNLIMITED).iterator();
    Verdict verdict =
        judge(
            history, () -> evidenceFirst.hasNext() ? evidenceFirst.next() : new StepBudget(1_000));
    Finding content = finding(verdict, "content");
    assertTrue(
        content.unknown().matches("stopped because its \\d+ steps are over, after [\\d,]+ of .*"),
        content.unknown());
    assertNull(finding(verdict, "hanging-transactions").unknown());
  }

  @Test
  void enoughIsEnough() {
    History history = new CorrectRun(3, 1, 2_000).story.history();
    assertEquals(Judge.judge(history, RULES), judge(history, () -> new StepBudget(Long.MAX_VALUE)));
  }

  @Test
  void aFullHeapIsNoAnswer() {
    History history = new CorrectRun(3, 1, 100).story.history();
    Budget full =
        () -> {
          throw new OutOfMemoryError("as if");
        };
    Verdict verdict = judge(history, () -> full);
    assertEquals(Validity.UNKNOWN, verdict.validity());
    assertEquals(
        "stopped because the heap is full, after 0 of " + history.size() + " operations",
        verdict.findings().get(0).unknown());
  }

  @Test
  void aCheckerThatFillsTheHeapSaysHowFarItCame() {
    History history = new CorrectRun(3, 1, 5_000).story.history();
    Iterator<Budget> evidenceFirst = List.of(Budget.UNLIMITED).iterator();
    Verdict verdict =
        judge(history, () -> evidenceFirst.hasNext() ? evidenceFirst.next() : new FillsTheHeap());
    String content = finding(verdict, "content").unknown();
    assertTrue(
        content.matches("stopped because the heap is full, after [\\d,]+ of [\\d,]+ .*"), content);
  }

  /** The first look is at nothing yet. */
  private static final class FillsTheHeap implements Budget {
    private long done;

    @Override
    public String spent() {
      return null;
    }

    @Override
    public String spend(long steps) {
      done += steps;
      if (done > 0) {
        throw new OutOfMemoryError("as if");
      }
      return null;
    }
  }

  /** Whatever the budget: no verdict but the right one or unknown, and nothing that is not true. */
  @Property(tries = 60)
  void aTinyBudgetIsNeverWrong(
      @ForAll @IntRange(max = 40) int seed, @ForAll @IntRange(max = 60_000) int steps) {
    CorrectRun run = new CorrectRun(seed, 1, 3_000);
    boolean phantoms = seed % 2 == 0;
    History history = phantoms ? Gone.withoutSomeSends(run.story.history()) : run.story.history();
    Verdict whole = Judge.judge(history, RULES);
    Verdict part = judge(history, () -> new StepBudget(steps));
    assertEquals(part, judge(history, () -> new StepBudget(steps)));
    assertTrue(new HashSet<Anomaly>(whole.anomalies()).containsAll(part.anomalies()));
    boolean stopped = part.findings().stream().anyMatch(each -> each.unknown() != null);
    if (!stopped) {
      assertEquals(whole, part);
    } else if (part.anomalies().isEmpty()) {
      assertEquals(Validity.UNKNOWN, part.validity());
    }
    assertNotEquals(Validity.ERROR, part.validity());
  }

  private static Verdict judge(History history, Supplier<Budget> budgets) {
    return new Judge(Workers.NONE, budgets).verdict(history, RULES);
  }

  private static Finding finding(Verdict verdict, String checker) {
    return verdict.findings().stream()
        .filter(each -> each.checker().equals(checker))
        .findFirst()
        .orElseThrow();
  }
}
