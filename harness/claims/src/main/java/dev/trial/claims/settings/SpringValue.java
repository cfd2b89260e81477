package dev.trial.claims.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Spring Boot writes a value that Kafka wants as a plain text or number. */
enum SpringValue {
  /** As it is. */
  TEXT,
  /** An enum constant in any spelling; Kafka has it in lower case with underscores. */
  CONSTANT,
  /** A duration: 500ms, 10s, PT10S; a bare number is milliseconds (DurationStyle). */
  MILLIS,
  /** A size: 16KB, 32MB; a bare number is bytes, a kilobyte has 1024 (DataSize). */
  BYTES;

  private static final Pattern AMOUNT = Pattern.compile("([+-]?\\d+)([a-zA-Z]{0,2})");
  private static final long KILO = 1024;

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L,
          "", 1_000_000L);

  private static final Map<String, Long> SIZES =
      Map.of(
          "B",
          1L,
          "",
          1L,
          "KB",
          KILO,
          "MB",
          KILO * KILO,
          "GB",
          KILO * KILO * KILO,
          "TB",
          KILO * KILO * KILO * KILO);

  /** What Kafka is told; a text that is none of this form stays, for Kafka's own rules to judge. */
  String toKafka(String text) {
    return switch (this) {
      case TEXT -> text;
      case CONSTANT -> text.toLowerCase(Locale.ROOT).replace('-', '_');
      case MILLIS -> millis(text);
      case BYTES -> amount(text, SIZES, 1);
    };
  }

  private static String millis(String text) {
    if (!text.toUpperCase(Locale.ROOT).contains("P")) {
      return amount(text.toLowerCase(Locale.ROOT), NANOS, NANOS.get("ms"));
    }
    try {
      return String.valueOf(Duration.parse(text).toMillis());
    } catch (DateTimeParseException | ArithmeticException none) {
      return text;
    }
  }

  private static String amount(String text, Map<String, Long> units, long per) {
    Matcher matcher = AMOUNT.matcher(text);
    Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
    if (unit == null) {
      return text;
    }
    try {
      return String.valueOf(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit) / per);
    } catch (NumberFormatException | ArithmeticException tooLarge) {
      return text;
    }
  }
}
