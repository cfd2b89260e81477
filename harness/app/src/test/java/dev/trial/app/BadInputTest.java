package dev.trial.app;

import static dev.trial.app.Said.trial;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.command.TrialCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every command, and every kind of input that is wrong: one line, exit 64, and no word of ours. */
class BadInputTest {
  private static final Pattern INSIDES =
      Pattern.compile(
          "com\\.fasterxml|\\bjava\\.|picocli|Exception|JsonParser|\\bat line:|\\(code ");

  /** Options that take any text, or a version that Maven Central is asked for. */
  private static final List<String> ANY =
      List.of("--out", "--client", "--broker", "--junit", "--sarif", "--html");

  /** What a free run needs beside an option of its own. */
  private static final Map<String, List<String>> BESIDE =
      Map.of(
          "--faults",
          List.of("--workload", "bursts"),
          "--profile",
          List.of("--workload", "bursts"));

  private static final String LINE =
      "{\"i\":0,\"t\":0,\"p\":-1,\"s\":\"info\",\"f\":\"phase\",\"phase\":\"load\"}\n";

  @TempDir private Path directory;
  private Path history;

  @BeforeEach
  void write() throws IOException {
    history = Files.writeString(directory.resolve("good.jsonl"), LINE);
  }

  static Stream<CommandLine> commands() {
    return new CommandLine(new TrialCommand()).getSubcommands().values().stream();
  }

  private static void refused(Object... arguments) {
    Said said = trial(arguments);
    said.refused();
    assertFalse(INSIDES.matcher(said.err()).find(), said.err());
    assertTrue(said.err().startsWith("trial: "), said.err());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void optionsThatAreNone(CommandLine command) {
    String name = command.getCommandName();
    Said said =
        name.equals("export")
            ? trial(name, "--edn", "--jso", history)
            : trial(name, "--jso", history);
    said.refused("trial " + name + " --help", "unknown option '--jso'");
    if (command.getCommandSpec().optionsMap().containsKey("--json")) {
      said.refused("did you mean '--json'?");
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void optionsWithoutWhatTheyTake(CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (option.arity().min() > 0) {
        Said said = trial(command.getCommandName(), option.longestName());
        said.refused(option.longestName(), command.getCommandName() + " --help");
        assertFalse(INSIDES.matcher(said.err()).find(), said.err());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void optionsThatTakeSomethingElse(CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      String name = option.longestName();
      if (option.arity().min() > 0 && !ANY.contains(name)) {
        List<Object> typed = new ArrayList<>(List.of(command.getCommandName(), name, "n0nsense"));
        if (command.getCommandName().equals("run")) {
          typed.addAll(BESIDE.getOrDefault(name, List.of()));
        }
        if (command.getCommandName().equals("bench") && !name.equals("--claim")) {
          typed.addAll(name.matches("--(operations|shape)") ? List.of("--checkers") : List.of());
          typed.addAll(name.matches("--(mutant|starts|here)") ? List.of("--detection") : List.of());
        }
        typed.addAll(
            command.getCommandSpec().positionalParameters().isEmpty()
                    || command.getCommandName().equals("mutants")
                ? List.of()
                : List.of(history.toString()));
        refused(typed.toArray());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void wordsThatNobodyAskedFor(CommandLine command) {
    refused(command.getCommandName(), "n0nsense", "n0nsense");
  }

  /** Files that are not there, or not what they should be, given to whatever takes one. */
  @ParameterizedTest
  @MethodSource("commands")
  void filesThatAreNone(CommandLine command) throws IOException {
    if (command.getCommandSpec().positionalParameters().isEmpty()
        || command.getCommandName().equals("mutants")) {
      return;
    }
    List<String> before =
        command.getCommandName().equals("export")
            ? List.of("export", "--edn")
            : List.of(command.getCommandName());
    for (Path file : files()) {
      List<Object> typed = new ArrayList<>(before);
      typed.add(file);
      refused(typed.toArray());
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(directory.resolve("not-there"));
    files.add(Files.createDirectories(directory.resolve("no-run")));
    files.add(bytes("empty.jsonl", new byte[0]));
    files.add(
        bytes("no-text.jsonl", new byte[] {'{', (byte) 0xff, (byte) 0xfe, '}', '\n', '{', '\n'}));
    files.add(bytes("no-text.edn", new byte[] {'{', (byte) 0xff, (byte) 0xfe, '}', '\n'}));
    files.add(text("no-json.jsonl", LINE + "{\"i\":oops}\n" + LINE));
    files.add(text("no-number.jsonl", LINE + LINE.replace("\"t\":0", "\"t\":1e999") + LINE));
    files.add(text("no-field.jsonl", LINE + "{\"i\":1}\n" + LINE));
    files.add(text("not-closed.edn", "{:process 0, :type :invoke, :f :send, :value [[:send 1 7"));
    files.add(
        bytes(
            "damaged.jsonl.zst",
            new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 1, 2, 3, 4, 5, 6}));
    Path run = Files.createDirectories(directory.resolve("cut-run"));
    Files.writeString(run.resolve("spec.json"), "{\"claim\":\"acks-1-tail-loss\",");
    Files.writeString(run.resolve("history.jsonl"), "");
    files.add(run);
    return files;
  }

  private Path bytes(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  private Path text(String name, String text) throws IOException {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theNearestChoiceIsTold() {
    trial("run", "--claim", "acks-1-tail-los").refused("'acks-1-tail-loss'", "./trial claims");
    trial("run", "--claim", "acks-1-tail-loss,acks-al-min-isr-2").refused("'acks-all-min-isr-2'");
    trial("run", "--target", "kafka").refused("write kafka:4.3.1");
    trial("run", "--mutant", "ack-before-in-syn")
        .refused("'ack-before-in-sync'", "./trial mutants");
    trial("run", "--workload", "burst").refused("'bursts'", "./trial workloads");
    trial("run", "n0nsense").refused("n0nsense: there is no such run directory or file");
    trial("bench", "n0nsense").refused("trial bench takes no 'n0nsense' here");
    trial("chek").refused("'check'", "see trial --help");
  }
}
