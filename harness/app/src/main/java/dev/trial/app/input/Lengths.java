package dev.trial.app.input;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as users type them: 500ms, 60s, 10m. */
public final class Lengths {
  private static final Pattern LENGTH = Pattern.compile("(\\d+)(ms|s|m|h)");

  private Lengths() {}

  /** Milliseconds of a length given to an option. */
  public static long millis(String option, String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new UsageException(
          option + " " + text + ": not a length of time; write 60s, 500ms or 10m");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> number;
      case "s" -> number * 1_000;
      case "m" -> number * 60_000;
      default -> number * 3_600_000;
    };
  }
}
