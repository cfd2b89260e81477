package dev.trial.live.kafka;

import dev.trial.live.artifact.Artifacts;
import dev.trial.live.process.ChildJava;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The released jars of a Kafka version, and how to start a class of theirs. */
final class KafkaDistribution {
  /** Small nodes that start fast: measured to be enough for a few thousand records. */
  private static final List<String> JVM_FLAGS =
      List.of(
          "-Xmx256m",
          "-Xms64m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxMetaspaceSize=160m",
          "-XX:+ExitOnOutOfMemoryError");

  private final KafkaVersion version;
  private final String classPath;
  private final Path logSettings;

  /** Resolves the jars (from Maven Central the first time); {@code directory} gets log settings. */
  KafkaDistribution(KafkaVersion version, Path directory) {
    this.version = version;
    this.classPath =
        jars(version).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    this.logSettings = directory.resolve("log4j2.properties");
    try (InputStream in = KafkaDistribution.class.getResourceAsStream("log4j2.properties")) {
      Files.createDirectories(directory);
      Files.write(logSettings, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + logSettings, e);
    }
  }

  /** Fails with ArtifactMissingException where there is no such release. */
  static List<Path> jars(KafkaVersion version) {
    String kafka = "org.apache.kafka:kafka_2.13:" + version.text();
    String logging =
        version.atLeast(4, 0)
            ? "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5"
            : "org.slf4j:slf4j-simple:1.7.36";
    // kafka-tools-api of 4.4.0 was not released; nothing here needs it.
    return new Artifacts()
        .classPath(List.of(kafka, logging), List.of("org.apache.kafka:kafka-tools-api"));
  }

  /** The command line of a main class. */
  List<String> command(String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ChildJava.command());
    command.addAll(JVM_FLAGS);
    command.add("-Dlog4j2.configurationFile=" + logSettings);
    command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    command.add("-cp");
    command.add(classPath);
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return command;
  }

  KafkaVersion version() {
    return version;
  }
}
