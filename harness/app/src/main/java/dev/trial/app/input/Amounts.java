package dev.trial.app.input;

import dev.trial.core.input.UsageException;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Whole numbers as users type them, each within the bounds of its option. */
public final class Amounts {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");

  private Amounts() {}

  /** The number given to an option, from least to most. */
  public static int of(String option, String text, int least, int most) {
    String takes = option + " '" + text + "': takes a whole number from " + least + " to " + most;
    if (!WHOLE.matcher(text).matches()) {
      throw new UsageException(takes);
    }
    BigInteger number = new BigInteger(text);
    if (number.compareTo(BigInteger.valueOf(least)) < 0
        || number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new UsageException(takes);
    }
    return number.intValueExact();
  }

  /** How many runs at a time: each has threads and a heap of its own. */
  public static int parallel(String text) {
    return of("--parallel", text, 1, 256);
  }
}
