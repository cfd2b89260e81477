package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.app.command.TrialCommand;
import dev.trial.app.mutant.CleanControl;
import dev.trial.engine.release.BrokerDefaults;
import dev.trial.engine.release.DefaultsTable;
import dev.trial.engine.release.DefaultsTable.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** All that programs read has a form that {@code docs/schema} tells, and nothing but that form. */
class JsonFormsTest {
  private static final String JSON = "--json";

  @TempDir private Path directory;

  private Path at(String name) {
    return directory.resolve(name);
  }

  /** The cheapest command lines that print every form a command has. */
  private Map<String, List<List<Object>>> commandLines() {
    Map<String, List<List<Object>>> lines = new TreeMap<>();
    for (String each : List.of("claims", "workloads", "faults", "profiles", "targets")) {
      lines.put(each, List.of(List.of()));
    }
    lines.put("anomalies", List.of(List.of()));
    lines.put(
        "run", List.of(List.of("--claim=acks-1-tail-loss", "--seed=1", "--time=12s", out("runs"))));
    Path examples = JsonForms.root().resolve("docs/examples");
    lines.put(
        "check",
        List.of(
            List.of(at("runs").resolve("acks-1-tail-loss_sim_1")),
            List.of(examples.resolve("register.log")),
            List.of(examples.resolve("list-append.edn"))));
    lines.put("nightly", List.of(List.of("--seeds=11", out("nightly"))));
    lines.put("merge", List.of(List.of(at("nightly"), out("merged"))));
    lines.put(
        "compare",
        List.of(List.of("--profiles=acks-1", "--seeds=1", "--time=10s", out("compared"))));
    lines.put(
        "clients", List.of(List.of("--claim=auto-offset-reset/by-duration", "--client=4.3.1")));
    lines.put("defaults", List.of(List.of("--client=4.3.1")));
    lines.put(
        "mutants", List.of(List.of(), List.of("ack-before-in-sync", "--score", "--seeds=1..1")));
    lines.put(
        "bench",
        List.of(
            List.of("--runs=1", "--warm-up=0", "--time=10s"),
            List.of("--checkers", "--operations=500"),
            List.of("--detection", "--mutant=checksum-not-checked", "--warm-up=0", "--starts=1")));
    return lines;
  }

  private String out(String name) {
    return "--out=" + at(name);
  }

  /** In this order: what one leaves behind, the next one reads. */
  @Test
  void everyCommandThatPrintsJsonKeepsToItsSchema() throws IOException {
    Map<String, List<List<Object>>> lines = commandLines();
    Map<String, List<String>> printed = new HashMap<>();
    for (CommandLine command : new CommandLine(new TrialCommand()).getSubcommands().values()) {
      if (command.getCommandSpec().optionsMap().containsKey(JSON)) {
        String name = command.getCommandName();
        assertTrue(lines.containsKey(name), name + " " + JSON + " has no command line here");
        for (List<Object> arguments : lines.get(name)) {
          print(name, arguments, printed);
        }
      }
    }
    printed
        .computeIfAbsent("mutants", schema -> new ArrayList<>())
        .add(new CleanControl.Result(9, 3, 1, List.of("x")).json().toString());
    printed.computeIfAbsent("defaults", schema -> new ArrayList<>()).add(broker());
    printed.put(
        "verdict",
        List.of(Files.readString(at("runs").resolve("acks-1-tail-loss_sim_1/verdict.json"))));
    printed.get("nightly").add(Files.readString(at("nightly/1/summary.json")));
    assertEquals(new TreeSet<>(JsonForms.names().toList()), new TreeSet<>(printed.keySet()));
    for (Map.Entry<String, List<String>> each : printed.entrySet()) {
      for (String document : each.getValue()) {
        keepsTo(each.getKey(), document);
      }
    }
  }

  private static void print(String name, List<Object> more, Map<String, List<String>> printed) {
    List<Object> arguments = new ArrayList<>(List.of(name));
    arguments.addAll(more);
    arguments.add(JSON);
    Said said = Said.trial(arguments.toArray());
    assertTrue(said.out().startsWith("{"), name + ": " + said.out() + said.err());
    String schema = JsonForms.of(arguments.stream().map(String::valueOf).toList());
    printed.computeIfAbsent(schema, key -> new ArrayList<>()).addAll(said.out().lines().toList());
  }

  private static String broker() {
    BrokerDefaults told = new BrokerDefaults(new TreeMap<>(Map.of("min.insync.replicas", "1")));
    return DefaultsTable.brokersJson(List.of(new Release<>("4.3.1", told))).get(0).toString();
  }

  /** A schema that allows anything would say nothing. */
  private static void keepsTo(String schema, String document) throws IOException {
    assertEquals(List.of(), JsonForms.problems(schema, document), document);
    ObjectNode read = (ObjectNode) new JsonMapper().readTree(document);
    assertEquals(1, read.get("version").asInt(), document);
    ObjectNode more = read.deepCopy().put("undocumented", 1);
    assertFalse(JsonForms.problems(schema, more.toString()).isEmpty(), schema);
    ObjectNode newer = read.deepCopy().put("version", 2);
    assertFalse(JsonForms.problems(schema, newer.toString()).isEmpty(), schema);
  }

  /** The schema is the documentation of each field. */
  @Test
  void everyFieldIsExplained() throws IOException {
    for (String schema : JsonForms.names().toList()) {
      explained(new JsonMapper().readTree(JsonForms.text(schema)), schema);
    }
  }

  private static void explained(JsonNode node, String place) {
    if (node.has("properties")) {
      for (Map.Entry<String, JsonNode> field : node.get("properties").properties()) {
        JsonNode told = field.getValue();
        boolean known = told.has("description") || told.has("$ref") || named(field.getKey());
        assertTrue(known, place + ": " + field.getKey());
      }
    }
    for (JsonNode child : node) {
      explained(child, place);
    }
  }

  /** Names that are explained elsewhere: outcomes and harms. */
  private static boolean named(String field) {
    return NAMES.contains(field);
  }

  private static final Set<String> NAMES = new TreeSet<>();

  static {
    for (Enum<?> each : dev.trial.core.verdict.Outcome.values()) {
      NAMES.add(dev.trial.core.json.StrictObject.idOf(each));
    }
    for (Enum<?> each : dev.trial.engine.compare.Harm.values()) {
      NAMES.add(dev.trial.core.json.StrictObject.idOf(each));
    }
  }
}
