package dev.trial.checkers.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.HistoryFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** EDN as it is written, and anything else. */
class EdnReaderTest {

  private static Object read(String text) throws HistoryFormatException {
    return new EdnReader(text, 7).next();
  }

  @Example
  void valuesAreRead() throws HistoryFormatException {
    assertEquals(
        Map.of(
            new Keyword("process"), 3L, new Keyword("value"), Arrays.asList(null, -2L, "a\n\"b")),
        read("{:process 3, :value [nil -2 \"a\\n\\\"b\"]} ; the rest is a comment"));
    assertEquals(List.of(true, new Keyword("x"), 1.5, 12L), read("(true x #_ 9 1.5 12N)"));
    assertEquals(List.of(1L, 2L), read("#{1 2}"));
    assertEquals("2020", read("#inst \"2020\""));
    assertEquals("A", read("\"\\u0041\""));
  }

  @Example
  void mistakesNameTheirPlace() {
    assertPlace("[1 2", "line 7, column 5");
    assertPlace("{:a}", "line 7, column 4");
    assertPlace("[1 2x]", "line 7, column 4");
    assertPlace("\"\\q\"", "line 7, column 3");
    assertPlace("]", "line 7, column 1");
    assertPlace("[".repeat(5_000), "nested");
  }

  private static void assertPlace(String text, String mentions) {
    HistoryFormatException wrong = assertThrows(HistoryFormatException.class, () -> read(text));
    assertTrue(wrong.getMessage().contains(mentions), wrong.getMessage());
  }

  /** Whatever a file holds, it is read or refused. */
  @Property(tries = 3_000)
  void nothingElseIsThrown(@ForAll("texts") String text) throws IOException {
    List<Reader> readers = List.of(KeyValueLog::read, RegisterLog::read, AppendLog::read);
    for (Reader each : readers) {
      try {
        each.read(new BufferedReader(new StringReader(text)));
      } catch (HistoryFormatException refused) {
        assertTrue(refused.getMessage().startsWith("line "));
      }
    }
  }

  private interface Reader {
    Object read(BufferedReader in) throws IOException;
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "(",
            "\"",
            ":process ",
            "0 ",
            "1 ",
            ":type ",
            ":invoke ",
            ":ok ",
            ":fail ",
            ":info ",
            ":txn ",
            ":index ",
            "[:append 1 2] ",
            "[:r 1 [2 3]] ",
            "[:r 1 nil] ",
            "{:process 1 :type :ok :f :txn :value [[:append 1 2] [:r 1 ",
            "{:process 1 :type :invoke :f :txn :value [[:r 1 nil]]}\n",
            ":f ",
            ":get ",
            ":append ",
            ":key ",
            "\"0\" ",
            ":value ",
            "nil ",
            "\n",
            "#",
            "#_",
            "\\",
            "\\u12",
            "-",
            "9999999999999999999 ",
            "1.2.3 ",
            "INFO  jepsen.util - 1\t:invoke\t:cas\t[1 2]\n",
            "INFO  jepsen.util - ",
            "\t:ok",
            "\t:read",
            "\t:write",
            "\t:timed-out");
    return Arbitraries.oneOf(
        piece.list().ofMaxSize(40).map(each -> String.join("", each)),
        Arbitraries.strings().ofMaxLength(60));
  }
}
