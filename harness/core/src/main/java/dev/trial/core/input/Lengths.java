package dev.trial.core.input;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as users type them: 500ms, 60s, 10m. */
public final class Lengths {
  private static final Pattern LENGTH = Pattern.compile("(\\d+)(ms|s|m|h)");

  /** What a run does is kept until it is judged: some 14 MB a minute. */
  public static final long MOST_MS = 24 * 3_600_000L;

  private Lengths() {}

  /** Milliseconds of a length given to an option. */
  public static long millis(String option, String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException(
          option + " " + text + ": not a length of time; write 60s, 500ms or 10m");
    }
    BigInteger ms = new BigInteger(matcher.group(1)).multiply(millisPer(matcher.group(2)));
    if (ms.signum() == 0 || ms.compareTo(BigInteger.valueOf(MOST_MS)) > 0) {
      throw new UsageException(option + " " + text + ": takes 1ms to 24h");
    }
    return ms.longValueExact();
  }

  private static BigInteger millisPer(String unit) {
    return switch (unit) {
      case "ms" -> BigInteger.ONE;
      case "s" -> BigInteger.valueOf(1_000);
      case "m" -> BigInteger.valueOf(60_000);
      default -> BigInteger.valueOf(3_600_000);
    };
  }
}
