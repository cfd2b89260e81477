package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.app.command.TrialCommand;
import dev.trial.core.verdict.AnomalyKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of anomalies is what the program prints, and the program knows them all. */
class AnomaliesPageTest {

  private static List<String> said(String... arguments) {
    PrintStream out = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, TrialCommand.run(arguments));
    } finally {
      System.setOut(out);
    }
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void thePageIsWhatIsPrinted() throws IOException {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/anomalies.md"))) {
      at = at.getParent();
    }
    assertEquals(
        Files.readAllLines(at.resolve("docs/anomalies.md")), said("anomalies", "--markdown"));
  }

  @Test
  void everyKindHasARow() {
    List<String> rows = said("anomalies", "--json");
    for (AnomalyKind each : AnomalyKind.values()) {
      assertEquals(
          1,
          rows.stream().filter(row -> row.contains("\"id\":\"" + each.id() + "\",")).count(),
          each.id());
    }
  }
}
