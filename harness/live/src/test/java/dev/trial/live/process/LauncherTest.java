package dev.trial.live.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private Path directory;

  @Test
  void closingKillsPausedChildrenToo() {
    Child paused;
    Child running;
    try (Launcher launcher = new Launcher(directory)) {
      paused = launcher.start("paused", directory, Map.of(), List.of("sleep", "600"));
      running = launcher.start("running", directory, Map.of(), List.of("sleep", "600"));
      paused.pause();
      assertTrue(paused.alive());
      assertTrue(running.alive());
    }
    await().atMost(SOON).until(() -> !paused.alive() && !running.alive());
    assertFalse(Files.exists(directory.resolve("pids")));
  }

  @Test
  void argumentsAndEnvironmentArriveAsGiven() throws IOException {
    String odd = "it's a \"test\" with $HOME; and | more";
    try (Launcher launcher = new Launcher(directory)) {
      Child child =
          launcher.start(
              "echo",
              directory,
              Map.of("GIVEN", odd),
              List.of("bash", "-c", "printf '%s\\n%s\\n' \"$1\" \"$GIVEN\"", "bash", odd));
      await().atMost(SOON).until(() -> !child.alive());
      assertEquals(List.of(odd, odd), Files.readAllLines(child.log()));
    }
  }

  @Test
  void killedHarnessLeavesNoChildBehind() throws IOException {
    Process harness =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Harness.class.getName(),
                directory.toString())
            .start();
    BufferedReader output = harness.inputReader();
    long pid = Long.parseLong(output.readLine());
    assertTrue(alive(pid), "the paused child runs while its harness does");
    harness.destroyForcibly();
    await().atMost(SOON).until(() -> !alive(pid));
  }

  @Test
  void sweepEndsOnlyTheVeryProcessThatWasWrittenDown() throws IOException {
    Process left = new ProcessBuilder("sleep", "600").start();
    PidFile pids = new PidFile(directory.resolve("pids"));
    pids.add(left.pid(), "left");
    Path file = directory.resolve("pids");
    String line = Files.readString(file).trim();
    Files.writeString(directory.resolve("other"), left.pid() + " 1 somebody-else\n");

    assertEquals(List.of(), PidFile.sweep(directory.resolve("other")));
    assertTrue(left.isAlive());
    assertTrue(line.endsWith(" left"));
    assertEquals(List.of("left"), PidFile.sweep(file));
    await().atMost(SOON).until(() -> !left.isAlive());
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** A harness that starts a child, pauses it and waits to be killed. */
  static final class Harness {
    public static void main(String[] arguments) throws IOException {
      Path directory = Path.of(arguments[0]);
      Launcher launcher = new Launcher(directory);
      Child child = launcher.start("child", directory, Map.of(), List.of("sleep", "600"));
      child.pause();
      System.out.println(child.pid());
      System.in.read();
    }
  }
}
