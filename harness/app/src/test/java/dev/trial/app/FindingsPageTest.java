package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import dev.trial.app.command.TrialCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page of findings shows is what the program says, of its run and of the examples. */
class FindingsPageTest {
  private static final String COMMAND = "$ ./trial check docs/examples/";

  private static final String CLAIM = "acks-1-tail-loss";
  private static final String RUN = "$ ./trial run --claim " + CLAIM + " --seeds 1..1";
  private static final String CHECK = "$ ./trial check results/runs/" + CLAIM + "_sim_1";

  @TempDir private Path directory;

  private static Path home() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/findings.md"))) {
      at = at.getParent();
    }
    return at;
  }

  @Test
  void examplesAreJudgedAsShown() throws IOException {
    Path home = home();
    List<String> page = Files.readAllLines(home.resolve("docs/findings.md"));
    int shown = 0;
    for (int line = 0; line < page.size(); line++) {
      if (page.get(line).startsWith(COMMAND)) {
        String example = page.get(line).substring(COMMAND.length());
        List<String> said = said(1, "check", home.resolve("docs/examples/" + example).toString());
        assertEquals(said, block(page, line + 1), example);
        shown++;
      }
    }
    assertEquals(2, shown);
  }

  /** The first finding comes from a run: its table, its verdict and its lines of the history. */
  @Test
  void theRunIsJudgedAsShown() throws IOException {
    List<String> page = Files.readAllLines(home().resolve("docs/findings.md"));
    List<String> shown = page.subList(page.indexOf(RUN) + 1, page.size());
    List<String> told = shown.subList(0, shown.indexOf(CHECK));
    assertEquals(told, said(0, "run", "--claim", CLAIM, "--seeds", "1..1", "--out", out()));
    Path run = directory.resolve(CLAIM + "_sim_1");
    List<String> verdict = said(0, "check", run.toString());
    for (String line : block(shown, shown.indexOf(CHECK) + 1)) {
      assertTrue(line.equals("...") || verdict.contains(line), line);
    }
    List<String> history = history(run);
    List<String> quoted = shown.stream().filter(line -> line.startsWith("{\"i\":")).toList();
    assertEquals(4, quoted.size());
    for (String line : quoted) {
      String index = line.substring("{\"i\":".length(), line.indexOf(','));
      String recorded = history.get(Integer.parseInt(index));
      for (String part : line.split("\\.\\.\\.")) {
        assertTrue(recorded.contains(part.strip()), line);
      }
    }
  }

  private String out() {
    return directory.toString();
  }

  private static List<String> history(Path run) throws IOException {
    try (InputStream file = Files.newInputStream(run.resolve("history.jsonl.zst"));
        InputStream lines = new ZstdInputStream(file)) {
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static List<String> block(List<String> page, int from) {
    List<String> lines = new ArrayList<>();
    for (int line = from; !page.get(line).equals("```"); line++) {
      lines.add(page.get(line));
    }
    return lines;
  }

  private static List<String> said(int exit, String... arguments) {
    PrintStream out = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertEquals(exit, TrialCommand.run(arguments));
    } finally {
      System.setOut(out);
    }
    List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(lines.size() > 1);
    return lines;
  }
}
