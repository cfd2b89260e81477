package dev.trial.checkers.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.linear.Interval;
import dev.trial.core.history.HistoryFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A line that is not whole is never judged. */
class DamagedLogTest {
  private static final String HEAD = "INFO  jepsen.util - ";
  private static final String WRITTEN =
      HEAD + "0\t:invoke\t:write\t12\n" + HEAD + "0\t:ok\t:write\t12\n";
  private static final String ASKED = WRITTEN + HEAD + "1\t:invoke\t:read\tnil\n";
  private static final String WHOLE = ASKED + HEAD + "1\t:ok\t:read\t12\n";

  private static List<? extends Interval<?>> registers(String log) throws IOException {
    return RegisterLog.read(new BufferedReader(new StringReader(log)));
  }

  private static void refused(String log, long line, String mentions) {
    HistoryFormatException refused =
        assertThrows(HistoryFormatException.class, () -> registers(log));
    assertEquals(line, refused.line(), refused.getMessage());
    assertTrue(refused.getMessage().contains(mentions), refused.getMessage());
  }

  @Test
  void aFileThatWasCutAnywhereIsRefusedOrEndsWithALine() throws IOException {
    assertEquals(2, registers(WHOLE).size());
    for (int length = WHOLE.length() - 1; length > ASKED.length() + HEAD.length(); length--) {
      refused(WHOLE.substring(0, length), 4, "was cut");
    }
    assertEquals(1, registers(ASKED).size());
  }

  @Test
  void aDamagedWordIsRefused() {
    refused(ASKED + HEAD + "1\t:ok\t:rexd\t12\n", 4, "answers a :rexd");
    refused(ASKED + HEAD + "1\t:oc\t:read\t12\n", 4, ":oc");
    refused(ASKED + HEAD + "1\t:ok\t:read\t1x\n", 4, "1x");
    refused(ASKED + HEAD + "1\t:ok\t:read\t1 2\n", 4, "more than one value");
    refused(ASKED + HEAD + "1\t:ok :\n", 4, "damaged");
    refused(ASKED + HEAD + "x\t:ok\t:read\t12\n", 4, "damaged");
  }

  @Test
  void anAnswerRepeatsWhatWasCalled() {
    refused(HEAD + "0\t:invoke\t:write\t12\n" + HEAD + "0\t:ok\t:write\t1\n", 2, "other values");
    refused(HEAD + "0\t:invoke\t:cas\t[1 2]\n" + HEAD + "0\t:ok\t:cas\t[1 3]\n", 2, "other values");
    refused(HEAD + "0\t:invoke\t:cas\t[1 2]\n" + HEAD + "0\t:fail\t:read\tnil\n", 2, ":cas was");
  }

  @Test
  void linesOfOthersArePassedOver() throws IOException {
    assertEquals(2, registers("INFO  starting\n" + WHOLE + "WARN  done").size());
  }

  @Test
  void stringsAreHeldToTheirCallsToo() {
    String asked = "{:process 0, :type :invoke, :f :append, :key \"k\", :value \"ab\"}\n";
    for (String answer :
        List.of(
            ":f :append, :key \"k\", :value \"a\"",
            ":f :append, :key \"l\", :value \"ab\"",
            ":f :put, :key \"k\", :value \"ab\"")) {
      String log = asked + "{:process 0, :type :ok, " + answer + "}\n";
      HistoryFormatException refused =
          assertThrows(
              HistoryFormatException.class,
              () -> KeyValueLog.read(new BufferedReader(new StringReader(log))));
      assertEquals(2, refused.line());
    }
  }
}
