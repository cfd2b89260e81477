package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.Judge;
import dev.trial.checkers.expectation.RunOutcome;
import dev.trial.claims.Experiments;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Outcome;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import dev.trial.engine.campaign.Rulebook;
import dev.trial.engine.targets.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Of whatever a run's history is robbed, no verdict becomes valid, and nothing is told that the
 * whole history does not tell.
 */
class RealRunsWithoutAPartTest {
  private static final int CUTS = 7;

  @ParameterizedTest
  @CsvSource({
    "acks-1-tail-loss, 1",
    "acks-all-min-isr-2, 1",
    "transactions-atomic, 1",
    "auto-commit-async-loses, 1",
    "commit-sync-batch, 2"
  })
  void provesNothingByWhatItDoesNotShow(String claim, long seed) {
    try (Target target = SpecFixture.simulation()) {
      RunSpec spec = SpecFixture.spec(target, claim, seed);
      History whole = SpecFixture.run(target, spec, null).history();
      new Robbed(spec, whole).everything();
    }
  }

  private static final class Robbed {
    private final RunSpec spec;
    private final Rules rules;
    private final List<Operation> operations;
    private final Set<String> told;
    private final Verdict verdict;

    Robbed(RunSpec spec, History whole) {
      this.spec = spec;
      this.rules = Rulebook.of(spec);
      this.operations = whole.operations();
      this.verdict = Judge.judge(whole, rules);
      this.told = verdict.anomalies().stream().map(Robbed::named).collect(Collectors.toSet());
    }

    void everything() {
      assertEquals(null, verdict.stopped());
      assertNotEquals(Validity.ERROR, verdict.validity());
      eachOf("phase", each -> each.action() instanceof Action.Phase);
      eachOf("end", each -> each.action() instanceof Action.End);
      eachOf("dump", each -> each.action() instanceof Action.ReplicaLog);
      without("final read", each -> each.process() == reader());
      for (int cut = 0; cut < CUTS; cut++) {
        int at = 1 + operations.size() * cut / CUTS;
        Verdict less = held("cut at " + at, operations.subList(0, at));
        assertTrue(less.stopped() != null, "cut at " + at);
        Expectation expectation = Experiments.of(spec).expectation(spec.client());
        RunOutcome outcome = RunOutcome.judge(expectation, less);
        assertEquals(Outcome.UNKNOWN, outcome.outcome(), () -> outcome.unexpected().toString());
      }
    }

    private int reader() {
      for (Operation each : operations) {
        if (each.action() instanceof Start start && start.kind() == Start.Kind.READER) {
          return each.process();
        }
      }
      throw new AssertionError("no final reader");
    }

    private void eachOf(String part, Predicate<Operation> which) {
      List<Operation> found = operations.stream().filter(which).toList();
      assertTrue(found.size() > 2, part);
      for (Operation gone : found) {
        without(part + " " + gone.index(), each -> each == gone);
      }
    }

    private void without(String part, Predicate<Operation> gone) {
      List<Operation> left = new ArrayList<>(operations.size());
      for (Operation each : operations) {
        left.add(gone.test(each) ? note(each) : each);
      }
      held("without " + part, left);
    }

    private Verdict held(String what, List<Operation> left) {
      Verdict less = Judge.judge(new History(left), rules);
      assertNotEquals(Validity.VALID, less.validity(), what);
      for (Anomaly each : less.anomalies()) {
        boolean more = each.cause() == Cause.UNEXPLAINED && causeIsNew(each);
        assertTrue(told.contains(named(each)) && !more, () -> what + ": " + each);
      }
      return less;
    }

    private boolean causeIsNew(Anomaly each) {
      return verdict.anomalies().stream()
          .noneMatch(
              known -> known.cause() == Cause.UNEXPLAINED && named(known).equals(named(each)));
    }

    private static String named(Anomaly anomaly) {
      return anomaly.kind() + " " + Objects.toString(anomaly.partition()) + anomaly.offsets();
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
  }
}
