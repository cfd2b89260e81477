package dev.trial.app.live.tools;

import dev.trial.live.artifact.Artifacts;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Kafka's command line tools from their released jar, each in a process of its own. */
final class KafkaTool {
  private static final String TOOLS = "org.apache.kafka:kafka-tools:4.3.1";
  private static final String SERVER = "org.apache.kafka:kafka_2.13:4.3.1";
  private static final long PATIENCE_S = 180;

  private final String classPath;
  private final Path directory;

  /** Resolves the tools' jars; {@code directory} gets what they print. */
  KafkaTool(Path directory) {
    this(directory, List.of(TOOLS));
  }

  private KafkaTool(Path directory, List<String> artifacts) {
    this.directory = directory;
    this.classPath =
        new Artifacts()
            .classPath(artifacts, List.of()).stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
  }

  /** With the tools that are in the jar of the server. */
  static KafkaTool withServerTools(Path directory) {
    return new KafkaTool(directory, List.of(TOOLS, SERVER));
  }

  /** What a tool printed, and how it ended. */
  record Ended(int code, String printed) {}

  /** Runs tools one after the other in one process; each line is a class and its arguments. */
  List<Ended> runAll(List<String> lines) throws IOException, InterruptedException {
    Path script = Files.write(directory.resolve("script"), lines);
    List<Ended> ended = new ArrayList<>();
    StringBuilder printed = new StringBuilder();
    for (String line : run(ToolScript.class.getName(), script.toString()).split("\n")) {
      if (line.startsWith(ToolScript.ENDED)) {
        int code = Integer.parseInt(line.substring(ToolScript.ENDED.length()).strip());
        ended.add(new Ended(code, printed.toString()));
        printed.setLength(0);
      } else {
        printed.append(line).append('\n');
      }
    }
    return ended;
  }

  /**
   * Runs a tool to its end and gives what it printed.
   *
   * @throws AssertionError if it fails or does not end
   */
  String run(String mainClass, String... arguments) throws IOException, InterruptedException {
    Path printed = Files.createTempFile(directory, "tool", ".log");
    Process process = start(printed, mainClass, arguments);
    boolean ended = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    String text = Files.readString(printed, StandardCharsets.UTF_8);
    if (!ended || process.exitValue() != 0) {
      String how = ended ? "exit " + process.exitValue() : "no end in " + PATIENCE_S + " s";
      throw new AssertionError(mainClass + " " + List.of(arguments) + ": " + how + "\n" + text);
    }
    return text;
  }

  /** Starts a tool that goes on until it is stopped; what it prints goes to {@code printed}. */
  Process start(Path printed, String mainClass, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    boolean script = mainClass.equals(ToolScript.class.getName());
    String path = script ? classPath + File.pathSeparator + testClasses() : classPath;
    command.addAll(List.of("-cp", path, mainClass));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(printed.toFile()))
        .start();
  }

  private static String testClasses() {
    try {
      return Path.of(ToolScript.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
