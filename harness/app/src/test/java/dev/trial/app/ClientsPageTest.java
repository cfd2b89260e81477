package dev.trial.app;

import static dev.trial.app.Said.trial;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of stored verdicts. */
class ClientsPageTest {
  private static final String LINE =
      "{\"version\":1,\"client\":\"%s\",\"about\":\"a\",\"runs\":1,\"outcome\":\"%s\","
          + "\"anomalies\":{},\"bugs\":[],\"reason\":%s}\n";

  private static final String STORED = "docs/clients-by-version.jsonl";

  @TempDir private Path directory;

  @Test
  void aDamagedLineIsNamed() throws IOException {
    String good = String.format(LINE, "4.3.1", "as-expected", "null");
    Path file = Files.writeString(directory.resolve("v.jsonl"), good + good.substring(0, 40));
    trial("clients", "--from", file).refused("v.jsonl:2");
    trial("clients", "--from", Files.writeString(directory.resolve("e.jsonl"), ""))
        .refused("has no verdict");
    trial("clients", "--from", file, "--json", "--markdown").refused("choose one of them");
  }

  /** What is worse than expected with any release is the exit code. */
  @Test
  void whatDiffersHasARow() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("v.jsonl"),
            String.format(LINE, "3.9.2", "finding", "\"it lost 3\"")
                + String.format(LINE, "4.3.1", "as-expected", "null"));
    Said said = trial("clients", "--from", file);
    assertTrue(said.out().contains("finding: it lost 3"), said.out());
    said.exited(1);
  }

  /** The page in the documents is what its stored verdicts say, and none of them is a finding. */
  @Test
  void thePageIsMadeOfTheStoredVerdicts() throws IOException {
    Path stored = JsonForms.root().resolve(STORED);
    Said said = trial("clients", "--from", stored, "--markdown").exited(0);
    Path page = JsonForms.root().resolve(STORED.replace(".jsonl", ".md"));
    assertEquals(Files.readString(page), said.out().replace(stored.toString(), STORED));
    for (String line : Files.readAllLines(stored)) {
      assertEquals(List.of(), JsonForms.problems("clients", line), line);
    }
  }
}
