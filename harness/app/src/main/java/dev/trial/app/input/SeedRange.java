package dev.trial.app.input;

import java.util.stream.LongStream;

/** Seeds A..B, both included, or a single seed. */
public record SeedRange(long first, long last) {

  /** Parses {@code 7} or {@code 1..50}. */
  public static SeedRange parse(String text) {
    int dots = text.indexOf("..");
    try {
      SeedRange range =
          dots < 0
              ? new SeedRange(Long.parseLong(text), Long.parseLong(text))
              : new SeedRange(
                  Long.parseLong(text.substring(0, dots)),
                  Long.parseLong(text.substring(dots + 2)));
      if (range.first > range.last) {
        throw new UsageException(
            "--seeds "
                + text
                + ": the range is empty; did you mean "
                + range.last
                + ".."
                + range.first
                + "?");
      }
      return range;
    } catch (NumberFormatException notNumbers) {
      throw new UsageException("--seeds " + text + ": not a seed or a range; write 7 or 1..50");
    }
  }

  /** How many seeds. */
  public long size() {
    return last - first + 1;
  }

  /** The seeds in order. */
  public LongStream stream() {
    return LongStream.rangeClosed(first, last);
  }
}
