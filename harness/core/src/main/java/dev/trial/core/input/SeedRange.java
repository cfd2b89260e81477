package dev.trial.core.input;

import java.util.stream.LongStream;

/** Seeds A..B, both included, or a single seed. */
public record SeedRange(long first, long last) {
  /** More are weeks of work. */
  private static final long MOST = 1_000_000;

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
      if (Math.subtractExact(range.last, range.first) >= MOST) {
        throw tooMany(text);
      }
      return range;
    } catch (ArithmeticException beyondLong) {
      throw tooMany(text);
    } catch (NumberFormatException notNumbers) {
      throw new UsageException("--seeds " + text + ": not a seed or a range; write 7 or 1..50");
    }
  }

  private static UsageException tooMany(String text) {
    return new UsageException("--seeds " + text + ": takes " + MOST + " seeds at most");
  }

  /** Refuses more runs than a command can hold: {@code experiments} with each of these seeds. */
  public void checkRuns(int experiments) {
    if (experiments * size() > MOST) {
      throw new UsageException(
          "--seeds "
              + first
              + ".."
              + last
              + ": are "
              + experiments * size()
              + " runs of "
              + experiments
              + " experiments; a command holds "
              + MOST
              + " at most");
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
