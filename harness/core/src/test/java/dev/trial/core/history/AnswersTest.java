package dev.trial.core.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.work.Workers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A completion names an invocation of its own process and kind, which is not later. */
class AnswersTest {
  private static final String ASKED =
      "{\"i\":0,\"t\":5,\"p\":2,\"s\":\"invoke\",\"f\":\"send\",\"value\":5,\"topic\":\"a\"}\n";
  private static final String SEND =
      "\"f\":\"send\",\"value\":5,\"topic\":\"a\",\"partition\":0}\n";

  private static final Workers AT_ONCE =
      new Workers() {
        @Override
        public int count() {
          return 2;
        }

        @Override
        public <T> Supplier<T> begin(Supplier<T> work) {
          T done = work.get();
          return () -> done;
        }
      };

  private static int read(String second, Workers workers) throws IOException {
    byte[] bytes = (ASKED + "\n{\"i\":1," + second).getBytes(StandardCharsets.UTF_8);
    return HistoryJsonReader.read(new ByteArrayInputStream(bytes), workers).history().size();
  }

  private static void refused(String second, String mention) {
    for (Workers each : new Workers[] {Workers.NONE, AT_ONCE}) {
      String said =
          assertThrows(HistoryFormatException.class, () -> read(second, each)).getMessage();
      assertTrue(said.startsWith("line 3, ") && said.contains(mention), said);
    }
  }

  @Test
  void anAnswerIsTaken() throws IOException {
    assertEquals(2, read("\"t\":5,\"p\":2,\"s\":\"ok\",\"of\":0," + SEND, Workers.NONE));
    assertEquals(2, read("\"t\":5,\"p\":2,\"s\":\"ok\",\"of\":0," + SEND, AT_ONCE));
  }

  @Test
  void aSendThatAnswersNothingIsRefused() {
    refused("\"t\":6,\"p\":2,\"s\":\"ok\"," + SEND, "has no \"of\"");
    refused("\"t\":6,\"p\":2,\"s\":\"info\"," + SEND, "has no \"of\"");
    refused("\"t\":6,\"p\":2,\"s\":\"ok\",\"f\":\"commit-transaction\"}\n", "has no \"of\"");
  }

  @Test
  void anAnswerToAnotherIsRefused() {
    String ok = "\"s\":\"ok\",\"of\":0,";
    refused("\"t\":6,\"p\":3," + ok + SEND, "no invocation of send by process 3");
    refused("\"t\":6,\"p\":2," + ok + "\"f\":\"poll\"}\n", "no invocation of poll by process 2");
    refused("\"t\":6,\"p\":2,\"s\":\"invoke\",\"of\":0," + SEND, "an invocation");
  }

  @Test
  void anAnswerBeforeItsInvocationIsRefused() {
    refused("\"t\":4,\"p\":2,\"s\":\"ok\",\"of\":0," + SEND, "which is later");
  }
}
