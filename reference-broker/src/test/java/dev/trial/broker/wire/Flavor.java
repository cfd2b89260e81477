package dev.trial.broker.wire;

import java.util.Locale;
import org.apache.kafka.common.Uuid;

/** What the fields of a generated request are filled with. */
public enum Flavor {
  /** Zeros, empty texts, empty arrays, no optional fields. */
  EMPTY(0, "", 0, false),

  /** Null wherever the version has room for null. */
  NULLS(0, "orders", 1, true),

  /** The lowest numbers. */
  LEAST(Long.MIN_VALUE, "\u0000 \u20ac/..\uD83D\uDE00", 1, false),

  /** The greatest numbers, long texts, each element twice. */
  GREATEST(Long.MAX_VALUE, "x".repeat(300), 2, false),

  /** What clients send for "none". */
  MINUS_ONE(-1, "", 1, false),

  /** Names and numbers that exist, as far as a field's name tells what it is. */
  KNOWN(1, "orders", 1, false),

  /** Names, ids and numbers that nobody knows, each twice. */
  UNKNOWN(77, "nobody", 2, false);

  private static final Uuid NOBODY = new Uuid(0x1234_5678_9abc_def0L, 77);

  private final long number;
  private final String text;
  private final int elements;
  private final boolean nulls;

  Flavor(long number, String text, int elements, boolean nulls) {
    this.number = number;
    this.text = text;
    this.elements = elements;
    this.nulls = nulls;
  }

  boolean nulls() {
    return nulls;
  }

  boolean tagged() {
    return this != EMPTY;
  }

  int elements() {
    return elements;
  }

  /** The number, or the nearest that fits. */
  long number(String field, long least, long greatest) {
    if (field.equals("acks") && number == 0) {
      return -1; // with none the answer to it all would be silence
    }
    boolean index = this == KNOWN && (field.contains("partition") || field.contains("offset"));
    return Math.max(least, Math.min(greatest, index ? 0 : number));
  }

  String text(String field) {
    if (this != KNOWN) {
      return text;
    }
    String name = field.toLowerCase(Locale.ROOT);
    if (name.contains("group") || name.contains("transactional") || name.contains("member")) {
      return "known";
    }
    return name.contains("protocol") ? "consumer" : text;
  }

  /**
   * An id.
   *
   * @param known that of the topic that exists
   */
  Uuid id(Uuid known) {
    return switch (this) {
      case EMPTY, NULLS, MINUS_ONE -> Uuid.ZERO_UUID;
      case KNOWN -> known;
      case LEAST, GREATEST, UNKNOWN -> NOBODY;
    };
  }
}
