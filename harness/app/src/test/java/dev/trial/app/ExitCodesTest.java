package dev.trial.app;

import static dev.trial.app.Said.trial;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One list of exit codes, true for all commands, and told alike wherever it is told. */
class ExitCodesTest {
  private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+)  +\\S");
  private static final Pattern LISTED = Pattern.compile("(?m)^ +(\\d+) +(\\S.*)$");

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("README.md"))) {
      at = at.getParent();
    }
    return at;
  }

  private static String help() {
    return trial("--help").exited(ExitCode.AS_EXPECTED).out();
  }

  private static List<String> commands() {
    String help = help();
    Matcher found = COMMAND.matcher(help.substring(help.indexOf("Commands:")));
    List<String> commands = new ArrayList<>();
    while (found.find()) {
      commands.add(found.group(1));
    }
    assertTrue(commands.containsAll(List.of("run", "check", "replay", "targets")), help);
    return commands;
  }

  @Test
  void everyCommandExplainsItselfAndRefusesWhatItDoesNotKnow() {
    for (String command : commands()) {
      trial(command, "--help").exited(ExitCode.AS_EXPECTED);
      trial(command, "--no-such-option").refused();
    }
  }

  @Test
  void theHelpListsThem() {
    String help = help();
    Matcher found = LISTED.matcher(help.substring(help.indexOf("Exit codes of every command:")));
    List<Integer> codes = new ArrayList<>();
    while (found.find()) {
      codes.add(Integer.valueOf(found.group(1)));
    }
    assertEquals(
        List.of(
            ExitCode.AS_EXPECTED,
            ExitCode.FINDING,
            ExitCode.UNKNOWN,
            ExitCode.USAGE,
            ExitCode.HARNESS_ERROR),
        codes,
        help);
  }

  @Test
  void theReadmeListsTheSame() throws IOException {
    String readme = Files.readString(root().resolve("README.md")).replaceAll("\\s+", " ");
    String help = help();
    Matcher found = LISTED.matcher(help.substring(help.indexOf("Exit codes of every command:")));
    while (found.find()) {
      String row = "| " + found.group(1) + " | " + found.group(2);
      assertTrue(readme.contains(row), row + " is not in the README");
    }
  }

  /** A command that makes up a number of its own would make the list a lie. */
  @Test
  void noCommandReturnsANumberOfItsOwn() throws IOException {
    Path commands = root().resolve("harness/app/src/main/java/dev/trial/app/command");
    try (Stream<Path> files = Files.list(commands)) {
      for (Path file : files.filter(each -> !each.endsWith("ExitCode.java")).toList()) {
        String text = Files.readString(file);
        boolean command = text.contains("Callable<Integer>") || text.contains("int exit");
        if (command) {
          assertFalse(
              Pattern.compile("return \\d+;|-> \\d+;|System\\.exit").matcher(text).find(),
              file.toString());
        }
      }
    }
  }
}
