package dev.trial.live.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pids of children with the time each began (clock ticks since boot, field 22 of /proc/PID/stat): a
 * pid that the kernel has given to somebody else since is told apart.
 */
public final class PidFile {
  private final Path file;

  PidFile(Path file) {
    this.file = file;
  }

  void add(long pid, String name) throws IOException {
    Launcher.append(file, pid + " " + startTicks(pid) + " " + name);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * Kills every process a pid file names that is still the same process, and deletes the file.
   *
   * @return the names of those that were still there
   */
  public static List<String> sweep(Path file) {
    List<String> killed = new ArrayList<>();
    if (!Files.exists(file)) {
      return killed;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ", 3);
        if (words.length == 3 && kill(Long.parseLong(words[0]), Long.parseLong(words[1]))) {
          killed.add(words[2]);
        }
      }
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the pid file " + file.getFileName(), e);
    }
    return killed;
  }

  private static boolean kill(long pid, long startTicks) {
    return startTicks >= 0
        && startTicks(pid) == startTicks
        && ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
  }

  /** −1 if there is no such process. */
  private static long startTicks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[19]);
    } catch (IOException gone) {
      return -1;
    }
  }
}
