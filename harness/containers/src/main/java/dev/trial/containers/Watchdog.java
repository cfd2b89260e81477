package dev.trial.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A small process beside this one that cleans up after it. It ignores the signals that a terminal
 * sends to all at once, and has a session of its own where that can be had.
 */
final class Watchdog {
  private static final String SCRIPT =
      "trap '' INT TERM HUP; command -v setsid >/dev/null && exec setsid \"$@\"; exec \"$@\"";

  private static Process watching;

  private Watchdog() {}

  /** Starts it, once for this process. */
  static synchronized void start(Owner owner) {
    if (watching != null && watching.isAlive()) {
      return;
    }
    ProcessBuilder builder = new ProcessBuilder(command(owner));
    // Ryuk has nothing to do for a process that makes no containers.
    builder.environment().put("TESTCONTAINERS_RYUK_DISABLED", "true");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      watching = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the containers' watchdog (is bash there?)", e);
    }
  }

  private static List<String> command(Owner owner) {
    return List.of(
        "bash",
        "-c",
        SCRIPT,
        "bash",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        WatchdogMain.class.getName(),
        owner.text());
  }
}
