package dev.trial.app.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.command.ExitCode;
import dev.trial.app.command.TrialCommand;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Node.Change;
import dev.trial.core.history.History;
import dev.trial.core.history.HistoryJsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the program itself, while real brokers run and one of them is paused. */
@Timeout(120)
class KilledHarnessTest {
  private static final Duration STARTED = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir private Path directory;
  private Process trial;

  @AfterEach
  void end() {
    trial.destroyForcibly();
  }

  @Test
  void leavesAReadableHistoryAndNoProcess() throws IOException {
    Path run =
        directory
            .resolve("runs")
            .resolve("produce-consume_leader-dies-mid-stream_default_kafka-4.3.1_3");
    trial = start(run.getParent());
    Path unfinished = run.resolve("history.jsonl");
    await().atMost(STARTED).until(() -> paused(unfinished));
    List<Long> children = children(run.resolve("logs").resolve("pids"));
    assertTrue(children.size() > 6, "six nodes and the clients: " + children);
    assertTrue(children.stream().anyMatch(KilledHarnessTest::alive));

    trial.destroyForcibly();

    await().atMost(SOON).until(() -> children.stream().noneMatch(KilledHarnessTest::alive));
    History left = read(unfinished);
    assertTrue(left.operations().size() > 20);
    assertFalse(Files.exists(run.resolve("verdict.json")));
    assertEquals(ExitCode.UNKNOWN, TrialCommand.run("check", run.toString()));
  }

  private Process start(Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.trial.app.Main"));
    command.addAll(List.of("run", "--workload", "produce-consume"));
    command.addAll(List.of("--faults", "leader-dies-mid-stream", "--target", "kafka:4.3.1"));
    command.addAll(List.of("--seed", "3", "--time", "20s", "--out", out.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output").toFile())
        .start();
  }

  private static boolean paused(Path history) throws IOException {
    return Files.exists(history)
        && read(history).operations().stream()
            .anyMatch(
                each ->
                    each.action() instanceof Action.Node node && node.change() == Change.PAUSED);
  }

  private static History read(Path history) throws IOException {
    try (InputStream in = Files.newInputStream(history)) {
      return HistoryJsonReader.read(in).history();
    }
  }

  private static List<Long> children(Path pids) throws IOException {
    return Files.readAllLines(pids).stream()
        .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
        .toList();
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
