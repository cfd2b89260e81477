package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The schemas in {@code docs/schema}, which all that programs read is held to. */
final class JsonForms {
  private static final String CATALOGUE = "catalogue";
  private static final Map<String, String> BY_COMMAND =
      Map.ofEntries(
          Map.entry("run", "run"),
          Map.entry("check", "check"),
          Map.entry("nightly", "nightly"),
          Map.entry("merge", "nightly"),
          Map.entry("compare", "compare"),
          Map.entry("clients", "clients"),
          Map.entry("defaults", "defaults"),
          Map.entry("bench", "bench"),
          Map.entry("claims", CATALOGUE),
          Map.entry("workloads", CATALOGUE),
          Map.entry("faults", CATALOGUE),
          Map.entry("profiles", CATALOGUE),
          Map.entry("targets", CATALOGUE),
          Map.entry("anomalies", CATALOGUE));

  private static final Map<String, Schema> READ = new ConcurrentHashMap<>();

  private JsonForms() {}

  static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("README.md"))) {
      at = at.getParent();
    }
    return at;
  }

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root().resolve("docs/schema"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .toList()
          .stream();
    }
  }

  /** The schema of what a command line with {@code --json} prints; null if there is none. */
  static String of(List<String> arguments) {
    String command = arguments.get(0);
    if (command.equals("mutants")) {
      return arguments.contains("--score") ? command : CATALOGUE;
    }
    return BY_COMMAND.get(command);
  }

  /** Each line that was printed keeps to the schema of its command. */
  static void check(List<String> arguments, String printed) {
    if (arguments.contains("--json") && !arguments.contains("--help")) {
      for (String line : printed.lines().toList()) {
        assertEquals(List.of(), problems(of(arguments), line), line);
      }
    }
  }

  /** What is wrong with a document. */
  static List<String> problems(String schema, String document) {
    return READ
        .computeIfAbsent(schema, JsonForms::read)
        .validate(document, InputFormat.JSON)
        .stream()
        .map(Error::toString)
        .toList();
  }

  static String text(String schema) {
    try {
      return Files.readString(root().resolve("docs/schema/" + schema + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema read(String name) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text(name), InputFormat.JSON);
  }
}
