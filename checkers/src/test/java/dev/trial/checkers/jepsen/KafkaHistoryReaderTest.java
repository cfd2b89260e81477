package dev.trial.checkers.jepsen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.HistoryFormatException;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Jepsen's EDN in its forms, and what is no such history. */
class KafkaHistoryReaderTest {
  private static final String SEND =
      "{:process 0, :type :invoke, :f :send, :value [[:send 1 7]], :index 0}\n"
          + "{:process 0, :type :ok, :f :send, :value [[:send 1 [3 7]]], :index 1}\n";

  private static KafkaHistory read(String edn) throws IOException {
    return KafkaHistoryReader.read(new ByteArrayInputStream(edn.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, Integer> judge(String edn) throws IOException {
    return new KafkaJudge(null, () -> Budget.UNLIMITED).judge(read(edn)).counts();
  }

  @Example
  void fieldsStandInAnyOrderAndUnknownOnesArePassedOver() throws IOException {
    KafkaHistory history =
        read(
            "#jepsen.history.Op{:value [[:poll {\"k\" [[4 :v] [nil 12N]]}] [:poll]], :f :txn,"
                + " :error [:indefinite \"a \\\"b\\\" {\"], :deadline #inst \"2020\", :type :ok\n"
                + "  :process 5 :index 9} ; the end");
    assertEquals(1, history.size());
    assertEquals(9, history.index(0));
    assertEquals(2, history.end(0));
    assertEquals(4, history.offset(0));
    assertEquals(KafkaHistory.NONE, history.offset(1));
    assertEquals(":v", history.values.text(history.value(0)));
    assertEquals(12, history.values.number(history.value(1)));
    assertEquals("\"k\"", history.keys.text(history.key(0)));
  }

  @Example
  void theNemesisAndCrashesTakeNoPart() throws IOException {
    assertEquals(
        2,
        read("{:type :info, :f :kill, :process :nemesis, :value {\"n1\" :killed}}\n"
                + SEND
                + "{:type :invoke :f :crash :process 0}{:type :info :f :crash :process 0}"
                + "{:type :info :f :debug-topic-partitions :process 0 :value [[1 2 {:a 3}] 4]}")
            .size());
  }

  @Example
  void aWholeHistoryMayStandInAVector() throws IOException {
    assertEquals(2, read("[" + SEND + "]\n").size());
    assertEquals(2, read("(" + SEND + ")").size());
  }

  @Example
  void withoutACompletionNobodyKnows() throws IOException {
    String asked = SEND.substring(0, SEND.indexOf('\n'));
    String poll = "{:process 1 :type :ok :f :poll :value [[:poll {1 [[3 7]]}]]}";
    assertEquals(Map.of(), judge(asked + poll));
    assertEquals(Map.of("phantom", 1), judge(poll));
    String failed = "{:process 0 :type :fail :f :send :value nil}";
    assertEquals(Map.of("aborted-read", 1), judge(asked + failed + poll));
  }

  @Example
  void aSeekToTheBeginningExcusesReadingAgain() throws IOException {
    String poll = "{:process 1 :type :ok :f :poll :value [[:poll {1 [[3 7]]}]]}";
    String assign = "{:process 1 :type :ok :f :assign :value [1]}";
    String seek = "{:process 1 :type :ok :f :assign :value [1] :seek-to-beginning? true}";
    assertEquals(Map.of("nonmonotonic-poll", 1), judge(SEND + poll + assign + poll));
    assertEquals(Map.of(), judge(SEND + poll + seek + poll));
  }

  @Example
  void mistakesNameLineAndColumn() {
    assertWrong("{:process 0, :type :ok\n, :f :send, :value [[:send 1", "line 2, column 29");
    assertWrong("{:process 0, :type :okay", "line 1, column 25: unknown :type :okay");
    assertWrong(SEND + "{:process 0 :f :send}", "line 3, column 1: this operation has no :type");
    assertWrong("\n\n{:process 0 :type :ok}", "line 3, column 1: this operation has no :f");
    assertWrong("{:process 0 :type :ok :f :txn :value [[:append 1 2]]}", ":append");
    assertWrong("{:process 0 :type :ok :f :txn :value [1 2]}", "micro-operation");
    assertWrong("{:process 0 :type :ok :f :assign :value [[:poll]]}", "a key");
    assertWrong("{:process 0 :type :ok :f :send :value [[:send 1 [x 2]]]}", "'x' is no offset");
    assertWrong("{:process 0 :type :ok :f :send :value [[:send 1 [2]]]}", "[offset value]");
    assertWrong("{:process 0 :type :ok :f :send :value [[:send 1]]}", "[:send k v]");
    assertWrong("{:process 0 :type :ok :f :poll :value [[:poll {1}]]}", "[[offset value] …]");
    assertWrong("{:process 0 :type :ok :f :poll :index -3}", "'-3' is no index");
    assertWrong("hello", "line 1, column 1: found 'h' where '{' should follow");
    assertWrong(SEND + SEND.replace(":type :ok", ":type :invoke"), "operation 0 is not completed");
    assertWrong("{:a " + "[".repeat(5_000), "nested more than 200 deep");
    assertWrong("{:a " + "#a ".repeat(5_000), "nested more than 200 deep");
    assertWrong("{:a \"b", "the history ends");
  }

  private static void assertWrong(String edn, String mentions) {
    HistoryFormatException wrong = assertThrows(HistoryFormatException.class, () -> read(edn));
    assertTrue(wrong.getMessage().contains(mentions), wrong.getMessage());
    assertTrue(wrong.line() >= 1 && wrong.column() >= 1, wrong.getMessage());
    assertEquals(1, wrong.getMessage().lines().count());
  }

  // ---- whatever a file holds, it is judged or refused

  private static void judgedOrRefused(byte[] edn) throws IOException {
    try {
      Verdict verdict =
          new KafkaJudge(null, () -> Budget.UNLIMITED)
              .judge(KafkaHistoryReader.read(new ByteArrayInputStream(edn)));
      verdict.anomalies().forEach(each -> assertTrue(!each.operations().isEmpty()));
    } catch (HistoryFormatException refused) {
      assertTrue(refused.line() >= 1 && refused.column() >= 1, refused.getMessage());
      assertEquals(1, refused.getMessage().lines().count());
    }
  }

  @Property(tries = 2_000)
  void bytesChangedAnywhere(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] edn = new KafkaRun(seed, 3, 2, 12).edn().getBytes(StandardCharsets.UTF_8);
    String alphabet = "0123456789 -[](){}:\"\\#_,;Nnil\n";
    for (int i = random.nextInt(4); i >= 0; i--) {
      edn[random.nextInt(edn.length)] =
          random.nextInt(5) == 0
              ? (byte) random.nextInt()
              : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
    }
    judgedOrRefused(random.nextInt(3) == 0 ? Arrays.copyOf(edn, random.nextInt(edn.length)) : edn);
  }

  @Property(tries = 2_000)
  void linesDroppedRepeatedOrMoved(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines =
        new java.util.ArrayList<>(new KafkaRun(seed, 3, 2, 20).edn().lines().toList());
    for (int i = 0; i < 3; i++) {
      String line = lines.remove(random.nextInt(lines.size()));
      for (int copies = random.nextInt(3); copies > 0; copies--) {
        lines.add(random.nextInt(lines.size()), line);
      }
    }
    judgedOrRefused(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 3_000)
  void anythingElse(@ForAll("texts") String text) throws IOException {
    judgedOrRefused(text.getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "#",
            "#{",
            "#_",
            "\\",
            "\"",
            ":",
            ";",
            "\n",
            " ",
            ",",
            ":type :ok ",
            ":type :invoke ",
            ":f :txn ",
            ":f :send ",
            ":f :assign ",
            ":process 0 ",
            ":value [[:send 1 2]]",
            "[:poll {1 [[0 1]]}]",
            "[:send 1 [2 3]]",
            ":value ",
            "nil",
            "-",
            "99999999999999999999",
            "1.5",
            "é",
            "{:process 0 :type :ok :f :txn :value ",
            ":f :ends :value {1 2}",
            ":rebalance-log [{:keys [1]}]",
            ":index 5 ",
            ":index x ");
    return parts.list().ofMaxSize(30).map(each -> String.join("", each));
  }
}
