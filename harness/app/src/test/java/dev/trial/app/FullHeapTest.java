package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trial.core.history.Action;
import dev.trial.core.history.HistoryJsonWriter;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A history that is too large for the heap, given to the program in a process of its own. */
@Timeout(120)
class FullHeapTest {
  private static final String HEAP = "-Xmx24m";
  private static final int OPERATIONS = 400_000;

  @TempDir private Path directory;

  private record Said(int exit, String out, String err) {}

  private Said check(Path history, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(HEAP, "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.trial.app.Main"));
    command.addAll(List.of("check", history.toString()));
    command.addAll(List.of(more));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process trial =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Said(trial.waitFor(), Files.readString(out), Files.readString(err));
  }

  private Path ours() throws IOException {
    Path file = directory.resolve("history.jsonl");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        HistoryJsonWriter writer = new HistoryJsonWriter(out)) {
      for (int index = 0; index < OPERATIONS; index++) {
        Action.Send send = new Action.Send(index, "key" + index, "orders", -1, -1, null);
        writer.write(new Operation(index, index, 0, Stage.INVOKE, -1, send));
      }
    }
    return file;
  }

  @Test
  void isUnknownInOneLineThatSaysHowFarItCameAndWhatToDo()
      throws IOException, InterruptedException {
    Path file = ours();
    Said said = check(file);
    assertEquals("", said.err());
    assertEquals(2, said.exit(), said.out());
    assertEquals(1, said.out().lines().count(), said.out());
    assertTrue(
        said.out()
            .matches("unknown: the heap of 2\\d MB is full: .* of \\d+ MB of .* were read; .*\\n"),
        said.out());
    assertTrue(said.out().contains("TRIAL_JAVA_OPTS=-Xmx"), said.out());

    Said json = check(file, "--json");
    assertEquals(2, json.exit(), json.err());
    JsonNode verdict = new JsonMapper().readTree(json.out());
    assertEquals("unknown", verdict.get("verdict").asText());
    assertTrue(verdict.get("unknown").get("history").asText().startsWith("the heap of "));
  }

  @Test
  void soItIsWithHistoriesOfOtherTools() throws IOException, InterruptedException {
    Path file = directory.resolve("register.log");
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (int write = 0; write < OPERATIONS; write++) {
        out.write("INFO  jepsen.util - " + write + "\t:invoke\t:write\t" + write + "\n");
      }
    }
    Said said = check(file);
    assertEquals("", said.err());
    assertEquals(2, said.exit(), said.out());
    assertTrue(said.out().startsWith("unknown: the heap of "), said.out());
    assertEquals(1, said.out().lines().count(), said.out());
  }
}
