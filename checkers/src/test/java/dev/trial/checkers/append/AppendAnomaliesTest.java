package dev.trial.checkers.append;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.foreign.AppendLog;
import dev.trial.core.history.HistoryFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One small history for each anomaly, as Jepsen writes them. */
class AppendAnomaliesTest {

  /** Transactions that all run at the same time, one process each. */
  private static AppendHistory atOnce(String... transactions) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int process = 0; process < transactions.length; process++) {
      lines.add(
          line(
              "invoke",
              process,
              transactions[process].replaceAll("(\\[:r \\w+) [^\\]]*\\]\\]", "$1 nil]")));
    }
    for (int process = 0; process < transactions.length; process++) {
      lines.add(line("ok", process, transactions[process]));
    }
    return read(lines);
  }

  /** Transactions one after the other. */
  private static AppendHistory inTurn(String... transactions) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < transactions.length; i++) {
      lines.add(line("invoke", i, transactions[i]));
      lines.add(line("ok", i, transactions[i]));
    }
    return read(lines);
  }

  private static String line(String type, int process, String value) {
    return "{:type :" + type + ", :f :txn, :value [" + value + "], :process " + process + "}";
  }

  private static AppendHistory read(List<String> lines) throws IOException {
    return AppendLog.read(new BufferedReader(new StringReader(String.join("\n", lines))));
  }

  private static void assertFound(AppendHistory history, String... kinds) {
    AppendVerdict verdict = ListAppend.check(history);
    assertEquals(Set.of(kinds), verdict.counts().keySet(), verdict::toString);
  }

  @Test
  void whatIsSerialIsValid() throws IOException {
    assertFound(
        inTurn(
            "[:append x 1]", "[:r x [1]] [:append x 2] [:r x [1 2]]", "[:r x [1 2]] [:r y nil]"));
  }

  @Test
  void interleavedWritesAreG0() throws IOException {
    AppendHistory history =
        atOnce(
            "[:append x 1] [:append y 1]",
            "[:append x 2] [:append y 2]",
            "[:r x [1 2]]",
            "[:r y [2 1]]");
    assertFound(history, "G0");
    AppendAnomaly g0 = ListAppend.check(history).anomalies().get(0);
    assertEquals(List.of(4L, 5L), g0.operations());
    assertEquals(
        List.of(
            "T5 appended 2 to list x after 1 of T4: T4 before T5.",
            "T4 appended 1 to list y after 2 of T5: T5 before T4."),
        g0.sentences());
  }

  @Test
  void informationInACircleIsG1c() throws IOException {
    assertFound(atOnce("[:append x 1] [:r y [1]]", "[:append y 1] [:r x [1]]"), "G1c");
  }

  @Test
  void readSkewIsGSingle() throws IOException {
    AppendHistory history = atOnce("[:append x 1] [:append y 1]", "[:r x [1]] [:r y []]");
    assertFound(history, "G-single");
    assertEquals(
        List.of(
            "T3 read list x as [1], with 1 that T2 had appended: T2 before T3.",
            "T3 read list y as [], without 1 that T2 appended: T3 before T2."),
        ListAppend.check(history).anomalies().get(0).sentences());
  }

  @Test
  void writeSkewIsG2() throws IOException {
    assertFound(atOnce("[:r x []] [:append y 1]", "[:r y []] [:append x 1]"), "G2-item");
  }

  @Test
  void aStaleReadNeedsRealTime() throws IOException {
    AppendHistory history = inTurn("[:append x 1]", "[:r x []]", "[:r x [1]]");
    assertFound(history, "G-single-realtime");
    assertEquals(
        List.of(
            "T1 was over (operation 1) before T3 began (operation 2): T1 before T3.",
            "T3 read list x as [], without 1 that T1 appended: T3 before T1."),
        ListAppend.check(history).anomalies().get(0).sentences());
  }

  @Test
  void aProcessThatForgetsItsOwnWriteNeedsProcessOrder() throws IOException {
    assertFound(
        read(
            List.of(
                line("ok", 0, "[:append x 1]"),
                line("ok", 0, "[:r x []]"),
                line("ok", 1, "[:r x [1]]"))),
        "G-single-process");
  }

  @Test
  void bothOfTwoUpdatesOfOneVersionAreALostUpdate() throws IOException {
    assertFound(
        atOnce("[:r x []] [:append x 1]", "[:r x []] [:append x 2]", "[:r x [1 2]]"),
        "lost-update",
        "G-single");
  }

  @Test
  void valuesOfAbortedTransactionsAreG1a() throws IOException {
    assertFound(
        read(
            List.of(
                line("invoke", 0, "[:append x 1]"),
                line("fail", 0, "[:append x 1]"),
                line("invoke", 1, "[:append x 2] [:r x nil]"),
                line("ok", 1, "[:append x 2] [:r x [1 2]]"))),
        "G1a",
        "dirty-update");
  }

  @Test
  void statesInTheMiddleOfATransactionAreG1b() throws IOException {
    assertFound(atOnce("[:append x 1] [:append x 2]", "[:r x [1]]"), "G1b", "G-single");
  }

  @Test
  void transactionsContradictThemselves() throws IOException {
    assertFound(atOnce("[:append x 1] [:r x []]"), "internal");
    assertFound(atOnce("[:r x [1]] [:append x 1]"), "internal");
    assertFound(atOnce("[:append x 1]", "[:r x []] [:r x [1]]"), "internal", "G-single");
  }

  @Test
  void listsThatDoNotFitTogether() throws IOException {
    assertFound(
        atOnce("[:append x 1]", "[:append x 2]", "[:r x [1 2]]", "[:r x [2]]"),
        "incompatible-order");
    assertFound(atOnce("[:append x 1]", "[:r x [1 1]]"), "duplicate-elements");
    assertFound(atOnce("[:r x [7]]"), "phantom");
  }

  @Test
  void unknownOutcomesAreBelievedOnceTheyAreSeen() throws IOException {
    List<String> lines =
        List.of(
            line("invoke", 0, "[:append x 1] [:r y nil]"),
            line("info", 0, "[:append x 1] [:r y nil]"),
            line("invoke", 1, "[:r x nil]"),
            line("ok", 1, "[:r x []]"),
            "{:type :info, :f :start-partition, :process :nemesis, :value nil}",
            line("invoke", 1, "[:r x nil]"),
            line("ok", 1, "[:r x [1]]"));
    assertFound(read(lines));
    List<String> andLost = new ArrayList<>(lines);
    andLost.add(line("invoke", 1, "[:r x nil]"));
    andLost.add(line("ok", 1, "[:r x []]"));
    assertFound(read(andLost), "G-single-process");
  }

  @Test
  void mistakesInTheFileNameTheirLine() {
    assertRefused(
        "written to the same key in line 1",
        line("ok", 0, "[:append x 1]"),
        line("ok", 1, "[:append x 1]"));
    assertRefused("is not over", line("invoke", 0, "[:r x nil]"), line("invoke", 0, "[:r x nil]"));
    assertRefused(
        "not the one that line 1 asked for",
        line("invoke", 0, "[:r x nil]"),
        line("ok", 0, "[:r y nil]"));
    assertRefused("unknown step :w", line("ok", 0, "[:w x 1]"));
    assertRefused("no operation with :f :txn", "{:type :info, :f :start, :process :nemesis}");
  }

  private static void assertRefused(String mentions, String... lines) {
    HistoryFormatException refused =
        assertThrows(HistoryFormatException.class, () -> read(List.of(lines)));
    assertTrue(refused.getMessage().startsWith("line "), refused.getMessage());
    assertTrue(refused.getMessage().contains(mentions), refused.getMessage());
  }
}
