package dev.trial.checkers.append;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.checkers.foreign.AppendLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Small histories in which a proof lies in a second read, or in a transaction without an answer.
 */
class EveryReadCountsTest {
  private final StringBuilder history = new StringBuilder();

  private void line(int process, String type, String value) {
    history
        .append("{:process ")
        .append(process)
        .append(", :type :")
        .append(type)
        .append(", :f :txn, :value [")
        .append(value)
        .append("]}\n");
  }

  private void transaction(int process, String type, String asked, String told) {
    line(process, "invoke", asked);
    line(process, type, told);
  }

  private Map<String, Integer> lists() throws IOException {
    return ListAppend.check(
            AppendLog.read(new BufferedReader(new StringReader(history.toString()))))
        .counts();
  }

  private Map<String, Integer> registers() throws IOException {
    BufferedReader in = new BufferedReader(new StringReader(history.toString()));
    return RwRegister.check(AppendLog.readRegisters(in)).counts();
  }

  @Test
  void whatIsPartlySeenOfATransactionWithoutAnAnswerHappenedAsAWhole() throws IOException {
    transaction(0, "info", "[:append x 8] [:append y 9]", "[:append x 8] [:append y 9]");
    transaction(1, "ok", "[:r x nil] [:r y nil]", "[:r x []] [:r y [9]]");
    assertEquals(Map.of("G-single", 1), lists());
  }

  @Test
  void oneThatNobodySawMayNeverHaveHappened() throws IOException {
    transaction(0, "info", "[:append x 8] [:append y 9]", "[:append x 8] [:append y 9]");
    transaction(1, "ok", "[:r x nil] [:r y nil]", "[:r x []] [:r y []]");
    assertEquals(Map.of(), lists());
  }

  @Test
  void soIsOneOfRegisters() throws IOException {
    transaction(0, "info", "[:w x 8] [:w y 9]", "[:w x 8] [:w y 9]");
    transaction(1, "ok", "[:r x nil] [:r y nil]", "[:r x nil] [:r y 9]");
    assertEquals(Map.of("G-single", 1), registers());
  }

  @Test
  void theSecondReadOfAnAbortedValueIsG1a() throws IOException {
    transaction(0, "ok", "[:w x 3]", "[:w x 3]");
    transaction(0, "fail", "[:w x 4]", "[:w x 4]");
    transaction(1, "ok", "[:r x nil] [:r x nil]", "[:r x 3] [:r x 4]");
    assertEquals(Map.of("G1a", 1, "internal", 1), registers());
  }

  @Test
  void soIsTheSecondReadOfAList() throws IOException {
    transaction(0, "ok", "[:append x 3]", "[:append x 3]");
    transaction(0, "fail", "[:append x 4]", "[:append x 4]");
    transaction(1, "ok", "[:r x nil] [:r x nil]", "[:r x [3]] [:r x [3 4]]");
    assertEquals(Map.of("G1a", 1, "internal", 1), lists());
  }

  @Test
  void theSecondReadOfHalfATransactionIsG1b() throws IOException {
    line(0, "invoke", "[:append x 5] [:append x 6]");
    transaction(1, "ok", "[:r x nil] [:r x nil]", "[:r x []] [:r x [5]]");
    line(0, "ok", "[:append x 5] [:append x 6]");
    assertEquals(Map.of("G-single", 1, "G1b", 1, "internal", 1), lists());
  }

  @Test
  void theSecondReadOfAnOverwrittenValueIsG1b() throws IOException {
    line(0, "invoke", "[:w x 5] [:w x 6]");
    transaction(1, "ok", "[:r x nil] [:r x nil]", "[:r x nil] [:r x 5]");
    line(0, "ok", "[:w x 5] [:w x 6]");
    assertEquals(Map.of("G-single", 1, "G1b", 1, "internal", 1), registers());
  }

  @Test
  void twoThatReadOneVersionAndWriteLoseAnUpdate() throws IOException {
    line(0, "invoke", "[:r x nil] [:w x 1]");
    line(1, "invoke", "[:r x nil] [:w x 2]");
    line(0, "ok", "[:r x nil] [:w x 1]");
    line(1, "ok", "[:r x nil] [:w x 2]");
    assertEquals(Map.of("G2-item", 1, "lost-update", 1), registers());
  }

  @Test
  void twoThatReadOneVersionOfSeveralDoSo() throws IOException {
    transaction(2, "ok", "[:w x 7]", "[:w x 7]");
    line(0, "invoke", "[:r x nil] [:w x 1]");
    line(1, "invoke", "[:r x nil] [:w x 2]");
    line(0, "ok", "[:r x 7] [:w x 1]");
    line(1, "ok", "[:r x 7] [:w x 2]");
    assertEquals(1, registers().get("lost-update"));
  }

  @Test
  void whoReadsAfterItsOwnWriteLosesNothing() throws IOException {
    transaction(0, "ok", "[:w x 1] [:r x nil]", "[:w x 1] [:r x 1]");
    transaction(1, "ok", "[:r x nil] [:w x 2]", "[:r x 1] [:w x 2]");
    transaction(0, "ok", "[:r x nil] [:w y 3]", "[:r x 2] [:w y 3]");
    assertEquals(Map.of(), registers());
  }
}
