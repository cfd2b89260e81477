package dev.trial.checkers.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.linear.RegisterModel.CompareAndSet;
import dev.trial.checkers.linear.RegisterModel.Operation;
import dev.trial.checkers.linear.RegisterModel.Outcome;
import dev.trial.checkers.linear.RegisterModel.Read;
import dev.trial.checkers.linear.RegisterModel.Value;
import dev.trial.checkers.linear.RegisterModel.Write;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The search against a naive one, and against histories that are right by construction. */
class LinearizabilityTest {
  private static final RegisterModel REGISTER = new RegisterModel();
  private static final long PLENTY = 1_000_000;

  @Property(tries = 2_000)
  void smallHistoriesAreJudgedAsByTryingEveryOrder(
      @ForAll("histories") List<Interval<Operation>> history) {
    Linearity<Operation> found = Linearizability.check(REGISTER, history, PLENTY);
    assertEquals(
        possible(REGISTER.initial(), history), found instanceof Linearity.Linearizable<Operation>);
    if (found instanceof Linearity.Violated<Operation> violated) {
      assertPrefixIsPossible(violated);
    }
  }

  /** Takes any operation that no other one precedes in time, and goes on with the rest. */
  private static boolean possible(Value state, List<Interval<Operation>> left) {
    if (left.stream().allMatch(Interval::open)) {
      return true;
    }
    for (Interval<Operation> each : left) {
      boolean first = left.stream().noneMatch(other -> other.answer() < each.call());
      Value after = first ? REGISTER.step(state, each.operation()) : null;
      if (after != null) {
        List<Interval<Operation>> rest = new ArrayList<>(left);
        rest.remove(each);
        if (possible(after, rest)) {
          return true;
        }
      }
    }
    return false;
  }

  private static void assertPrefixIsPossible(Linearity.Violated<Operation> violated) {
    Value state = REGISTER.initial();
    for (Interval<Operation> each : violated.prefix()) {
      state = REGISTER.step(state, each.operation());
      assertNotNull(state, () -> "the prefix does not hold at " + each);
    }
    assertEquals(state.toString(), violated.state());
    assertTrue(!violated.stuck().open());
    // Nothing that is answered later than the stuck one is waited for, and nothing is left out.
    for (Interval<Operation> each : violated.underWay()) {
      assertTrue(each.call() <= violated.stuck().answer());
      assertTrue(each.answer() >= violated.stuck().answer(), () -> each + " comes first");
      assertTrue(!violated.prefix().contains(each) && !each.equals(violated.stuck()));
    }
    assertTrue(!violated.prefix().contains(violated.stuck()));
  }

  @Provide
  Arbitrary<List<Interval<Operation>>> histories() {
    Arbitrary<Interval<Operation>> interval =
        Combinators.combine(
                operations(), Arbitraries.longs().between(0, 12), Arbitraries.longs().between(0, 6))
            .as(
                (operation, call, length) ->
                    new Interval<>(
                        0, operation, call, length == 6 ? Interval.NEVER : call + length));
    // Equal elements would make remove() in the naive search ambiguous; distinct processes do not.
    return interval
        .list()
        .ofMaxSize(6)
        .map(
            list -> {
              List<Interval<Operation>> numbered = new ArrayList<>();
              for (int i = 0; i < list.size(); i++) {
                Interval<Operation> each = list.get(i);
                numbered.add(
                    new Interval<>(i, each.operation(), each.call() * 16 + i, answer(each, i)));
              }
              return numbered;
            });
  }

  private static long answer(Interval<Operation> each, int process) {
    return each.open() ? Interval.NEVER : each.answer() * 16 + 8 + process;
  }

  private static Arbitrary<Operation> operations() {
    Arbitrary<Long> values = Arbitraries.longs().between(0, 2);
    return Arbitraries.oneOf(
        values.injectNull(0.2).map(Read::new),
        values.map(Write::new),
        Combinators.combine(values, values, Arbitraries.of(Outcome.class)).as(CompareAndSet::new));
  }

  @Property(tries = 200)
  void whatARegisterReallyDidIsNeverFlaggedAndAForgedReadAlwaysIs(
      @ForAll("atomicRuns") List<Interval<Operation>> history) {
    assertInstanceOf(
        Linearity.Linearizable.class, Linearizability.check(REGISTER, history, PLENTY));
    List<Interval<Operation>> forged = new ArrayList<>(history);
    long end = history.size() * 10L + 100;
    forged.add(new Interval<>(99, new Read(777L), end, end + 1));
    Linearity.Violated<?> violated =
        assertInstanceOf(Linearity.Violated.class, Linearizability.check(REGISTER, forged, PLENTY));
    assertEquals(new Read(777L), violated.stuck().operation());
  }

  /** Effects at 0, 10, 20, …; calls up to 40 before, answers up to 40 after. */
  @Provide
  Arbitrary<List<Interval<Operation>>> atomicRuns() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 4).list().ofSize(120),
            Arbitraries.integers().between(0, 40).list().ofSize(240))
        .as(LinearizabilityTest::atomicRun);
  }

  private static List<Interval<Operation>> atomicRun(List<Long> choices, List<Integer> slack) {
    List<Interval<Operation>> history = new ArrayList<>();
    Long value = null;
    for (int i = 0; i < choices.size(); i++) {
      long choice = choices.get(i);
      Operation operation;
      if (choice == 0) {
        operation = new Read(value);
      } else if (choice == 1 && value != null) {
        operation = new CompareAndSet(value, value + 1, Outcome.CHANGED);
        value = value + 1;
      } else {
        operation = new Write(choice);
        value = choice;
      }
      long effect = 10L * i;
      history.add(
          new Interval<>(i, operation, effect - slack.get(2 * i), effect + slack.get(2 * i + 1)));
    }
    return history;
  }

  @Example
  void beyondTheBudgetNothingIsClaimed() {
    List<Interval<Operation>> history = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      history.add(new Interval<>(i, new Write((long) i), 0, 100));
    }
    history.add(new Interval<>(99, new Read(77L), 200, 201));
    Linearity<Operation> found = Linearizability.check(REGISTER, history, 1_000);
    assertEquals(1_000, assertInstanceOf(Linearity.Undecided.class, found).configurations());
    assertInstanceOf(
        Linearity.Violated.class, Linearizability.check(REGISTER, history, 10_000_000));
  }

  @Example
  void aHistoryOfHundredsOfThousandsOfOperationsIsOrdinary() {
    List<Interval<Operation>> history = new ArrayList<>();
    for (long i = 0; i < 200_000; i++) {
      history.add(new Interval<>((int) (i % 8), new Write(i), 10 * i, 10 * i + 35));
    }
    assertInstanceOf(
        Linearity.Linearizable.class, Linearizability.check(REGISTER, history, PLENTY));
  }
}
