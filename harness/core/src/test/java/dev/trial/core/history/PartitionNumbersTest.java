package dev.trial.core.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Partitions are counted from 0; only a send that nobody acknowledged may be without one. */
class PartitionNumbersTest {
  private static final String INVOKED =
      "{\"i\":0,\"t\":1,\"p\":2,\"s\":\"invoke\",\"f\":\"send\",\"value\":5,\"topic\":\"a\","
          + "\"partition\":-1}\n";

  private static History read(String lines) throws IOException {
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    return HistoryJsonReader.read(new ByteArrayInputStream(bytes)).history();
  }

  private static String second(String fields) {
    return INVOKED + "{\"i\":1,\"t\":2,\"p\":2," + fields + "}\n";
  }

  @Test
  void aPartitionBelowZeroIsRefusedWithItsLine() {
    for (String fields :
        List.of(
            "\"s\":\"ok\",\"of\":0,\"f\":\"send\",\"value\":5,\"topic\":\"a\",\"partition\":-5",
            "\"s\":\"invoke\",\"f\":\"send\",\"value\":6,\"topic\":\"a\",\"partition\":-2",
            "\"s\":\"info\",\"f\":\"process\",\"topic\":\"a\",\"partition\":-1,\"offset\":3",
            "\"s\":\"ok\",\"f\":\"poll\",\"records\":[[\"a\",-1,7,9]]",
            "\"s\":\"ok\",\"f\":\"ends\",\"ends\":{\"a/-1\":4}")) {
      String said =
          assertThrows(HistoryFormatException.class, () -> read(second(fields))).getMessage();
      assertTrue(said.startsWith("line 2, column ") && said.contains("number -"), said);
    }
  }

  @Test
  void anAcknowledgedSendNamesItsPartition() throws IOException {
    String answer = "\"of\":0,\"f\":\"send\",\"value\":5,\"topic\":\"a\"";
    String said =
        assertThrows(HistoryFormatException.class, () -> read(second("\"s\":\"ok\"," + answer)))
            .getMessage();
    assertTrue(said.startsWith("line 2, ") && said.contains("must name its partition"), said);
    assertEquals(2, read(second("\"s\":\"fail\"," + answer)).size());
  }
}
