package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.trial.app.bench.MadeHistory;
import dev.trial.app.bench.Shape;
import dev.trial.checkers.Judge;
import dev.trial.core.history.History;
import dev.trial.core.history.HistoryJsonReader;
import dev.trial.core.history.HistoryJsonWriter;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import dev.trial.engine.work.Cores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CoresTest {

  /** Rules of another run make anomalies of what was right, so that there is something to say. */
  private static final Rules RULES =
      new Rules(-1, 2, Set.of("g"), Map.of("g", "latest"), Set.of(), Vacuity.operations(1_000_000));

  @Test
  void manyCoresJudgeAsOneDoes() throws IOException {
    for (Shape shape : Shape.values()) {
      byte[] bytes = history(shape);
      History one = HistoryJsonReader.read(new ByteArrayInputStream(bytes)).history();
      try (Cores cores = new Cores(3)) {
        History other = HistoryJsonReader.read(new ByteArrayInputStream(bytes), cores).history();
        assertEquals(one, other);
        Judge judge = new Judge(cores, () -> Budget.UNLIMITED);
        assertEquals(Judge.judge(one, RULES), judge.verdict(other, RULES));
      }
    }
  }

  @Test
  void whatWorkThrowsIsThrownToWhoeverWaits() {
    try (Cores cores = new Cores(2)) {
      Supplier<Object> begun =
          cores.begin(
              () -> {
                throw new IllegalStateException("as if");
              });
      assertEquals("as if", assertThrows(IllegalStateException.class, begun::get).getMessage());
    }
  }

  private static byte[] history(Shape shape) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HistoryJsonWriter writer = new HistoryJsonWriter(out)) {
      MadeHistory.make(shape, 20_000, 5, writer::write);
    }
    return out.toByteArray();
  }
}
