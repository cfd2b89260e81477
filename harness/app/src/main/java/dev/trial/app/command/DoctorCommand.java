package dev.trial.app.command;

import dev.trial.engine.targets.Targets;
import dev.trial.sim.world.Simulation;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code trial doctor}: what this machine can do. */
@Command(
    name = "doctor",
    description = "Says what this machine can do.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Runnable {

  @Override
  public void run() {
    line("JDK", System.getProperty("java.runtime.version") + ", " + processors());
    line(
        "strands",
        Simulation.continuations()
            ? "continuations: every client thread on one OS thread"
            : "platform threads; a JDK from 21 on is several times faster");
    line(
        "kafka-clients",
        list(versions("kafka-clients")) + " (default " + Targets.DEFAULT_CLIENT + ")");
    line("kafka brokers", list(versions("kafka_2.13")));
    Targets.KINDS.forEach(kind -> line("target " + kind.name(), kind.takes()));
    line(
        "parent-death signal",
        onPath("setpriv") ? "yes (setpriv)" : "no: setpriv is not installed");
    line("namespaces", onPath("unshare") ? "unshare is there" : "no: unshare is not installed");
    line("containers", Containers.here());
    line("browser", onPath("chromium") ? "chromium" : "none: the report's browser test is skipped");
  }

  private static void line(String what, String found) {
    System.out.printf("%-20s %s%n", what, found);
  }

  private static String processors() {
    return Runtime.getRuntime().availableProcessors() + " processors";
  }

  private static String list(List<String> versions) {
    return versions.isEmpty() ? "none in the local repository yet" : String.join(", ", versions);
  }

  private static List<String> versions(String artifact) {
    Path directory =
        Path.of(System.getProperty("user.home"), ".m2/repository/org/apache/kafka", artifact);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> versions = Files.list(directory)) {
      return versions
          .filter(version -> Files.exists(jar(version, artifact)))
          .map(version -> version.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar(Path version, String artifact) {
    return version.resolve(artifact + "-" + version.getFileName() + ".jar");
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
