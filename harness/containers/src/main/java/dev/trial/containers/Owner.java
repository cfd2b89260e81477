package dev.trial.containers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The process to whom a container or network belongs: which machine, which boot of it, which pid
 * and when that process began. A pid that was given to somebody else since, and a process of
 * another machine that uses the same engine, are told apart.
 *
 * @param machine host name and PID namespace, within which pids mean something
 * @param boot of that machine
 * @param startTicks clock ticks since boot (field 22 of /proc/PID/stat)
 */
record Owner(String machine, String boot, long pid, long startTicks) {
  /** The label on all that Trial makes. */
  static final String LABEL = "dev.trial.owner";

  /** This process. */
  static Owner self() {
    long pid = ProcessHandle.current().pid();
    return new Owner(machineHere(), bootHere(), pid, startTicks(pid));
  }

  Map<String, String> labels() {
    return Map.of(LABEL, text());
  }

  String text() {
    return machine + " " + boot + " " + pid + " " + startTicks;
  }

  /** Reads what {@link #text} wrote; IllegalArgumentException if it did not. */
  static Owner of(String text) {
    String[] words = text.split(" ");
    if (words.length != 4) {
      throw new IllegalArgumentException("no owner: '" + text + "'");
    }
    return new Owner(words[0], words[1], Long.parseLong(words[2]), Long.parseLong(words[3]));
  }

  /** True if it ran on this machine and runs no more. */
  boolean gone() {
    return machine.equals(machineHere())
        && (!boot.equals(bootHere()) || startTicks(pid) != startTicks);
  }

  private static String machineHere() {
    try {
      String host = InetAddress.getLocalHost().getHostName();
      Path namespace = Path.of("/proc/self/ns/pid");
      return Files.exists(namespace) ? host + "/" + Files.readSymbolicLink(namespace) : host;
    } catch (UnknownHostException nameless) {
      return "nameless";
    } catch (IOException hidden) {
      return "hidden";
    }
  }

  private static String bootHere() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException notLinux) {
      return "-";
    }
  }

  /** −1 if there is no such process. */
  private static long startTicks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
    } catch (IOException notLinux) {
      return ProcessHandle.of(pid)
          .flatMap(process -> process.info().startInstant())
          .map(java.time.Instant::toEpochMilli)
          .orElse(-1L);
    }
  }
}
