package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.command.TrialCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page of findings shows of the example histories is what the program says of them. */
class FindingsPageTest {
  private static final String COMMAND = "$ ./trial check docs/examples/";

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
        List<String> said = said(home.resolve("docs/examples").resolve(example));
        assertEquals(said, block(page, line + 1), example);
        shown++;
      }
    }
    assertEquals(2, shown);
  }

  private static List<String> block(List<String> page, int from) {
    List<String> lines = new ArrayList<>();
    for (int line = from; !page.get(line).equals("```"); line++) {
      lines.add(page.get(line));
    }
    return lines;
  }

  private static List<String> said(Path history) {
    PrintStream out = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertEquals(1, TrialCommand.run("check", history.toString()));
    } finally {
      System.setOut(out);
    }
    List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(lines.size() > 1);
    return lines;
  }
}
