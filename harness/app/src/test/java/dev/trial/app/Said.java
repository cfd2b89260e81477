package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.command.TrialCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a command line printed, and its exit code. Whatever it prints as JSON is held to the schema
 * of its command.
 */
record Said(int exit, String out, String err) {

  static Said trial(Object... arguments) {
    String[] texts = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream newOut = new ByteArrayOutputStream();
    ByteArrayOutputStream newErr = new ByteArrayOutputStream();
    System.setOut(new PrintStream(newOut, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(newErr, true, StandardCharsets.UTF_8));
    try {
      int exit = TrialCommand.run(texts);
      String printed = newOut.toString(StandardCharsets.UTF_8);
      JsonForms.check(List.of(texts), printed);
      return new Said(exit, printed, newErr.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** One line on standard error with all of these, nothing else, exit 64. */
  void refused(String... mentions) {
    assertEquals(64, exit, out + err);
    assertEquals("", out);
    assertEquals(1, err.lines().count(), err);
    for (String mention : mentions) {
      assertTrue(err.contains(mention), mention + " is not in: " + err);
    }
  }

  Said exited(int expected) {
    assertEquals(expected, exit, out + err);
    return this;
  }
}
