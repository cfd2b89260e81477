package dev.trial.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What each command says of itself. */
class HelpTest {
  private static final int COLUMNS = 80;

  static Stream<Map.Entry<String, CommandLine>> commands() {
    return new CommandLine(new TrialCommand()).getSubcommands().entrySet().stream();
  }

  /**
   * The list of commands shows the first line of a description: a sentence must not go on in a
   * second.
   */
  @ParameterizedTest
  @MethodSource("commands")
  void isAWholeSentence(Map.Entry<String, CommandLine> command) {
    String[] description = command.getValue().getCommandSpec().usageMessage().description();
    assertEquals(1, description.length, command.getKey());
    assertTrue(description[0].endsWith("."), description[0]);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fitsATerminal(Map.Entry<String, CommandLine> command) {
    List<String> lines = command.getValue().getUsageMessage().lines().toList();
    lines.forEach(line -> assertTrue(line.length() <= COLUMNS, line));
    assertTrue(lines.stream().anyMatch(line -> line.contains("--help")), command.getKey());
  }
}
