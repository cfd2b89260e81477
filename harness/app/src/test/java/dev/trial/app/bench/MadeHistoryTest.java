package dev.trial.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.Judge;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Histories made for measuring: the same each time, as long as asked, and correct. */
class MadeHistoryTest {
  private static final Rules RULES =
      new Rules(-1, 2, Set.of("g"), Map.of("g", "earliest"), Set.of(), Vacuity.NEVER);

  private static List<Operation> make(Shape shape, long seed) throws IOException {
    List<Operation> operations = new ArrayList<>();
    MadeHistory.make(shape, 6_000, seed, operations::add);
    return operations;
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void everyShapeIsCorrectAndReproducible(Shape shape) throws IOException {
    List<Operation> operations = make(shape, 1);
    assertTrue(operations.size() > 5_500 && operations.size() < 20_000, shape.id());
    assertEquals(operations, make(shape, 1));
    assertNotEquals(operations, make(shape, 2));
    Verdict verdict = Judge.judge(new History(operations), RULES);
    assertEquals(Map.of(), verdict.counts());
    assertEquals(Validity.VALID, verdict.validity());
  }
}
