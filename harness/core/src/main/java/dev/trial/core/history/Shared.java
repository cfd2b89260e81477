package dev.trial.core.history;

import java.nio.charset.StandardCharsets;

/**
 * Gives equal short texts, and equal partitions, of a history one object each. A long history names
 * the same few topics, keys and errors over and over. What does not fit in a fixed table is simply
 * not shared.
 */
final class Shared {
  private static final int SLOTS = 1 << 12;
  private static final int TEXT_LENGTH_MAX = 64;

  private final String[] texts = new String[SLOTS];
  private final PartitionId[] partitions = new PartitionId[SLOTS];

  /** The text, or an equal one met before; null for null. */
  String text(String text) {
    if (text == null || text.length() > TEXT_LENGTH_MAX) {
      return text;
    }
    int slot = slot(text.hashCode());
    if (!text.equals(texts[slot])) {
      texts[slot] = text;
    }
    return texts[slot];
  }

  /**
   * The text of ASCII bytes, which need no decoding.
   *
   * @param hash of that text, as {@link String#hashCode} defines it
   */
  String text(byte[] bytes, int from, int length, int hash) {
    if (length > TEXT_LENGTH_MAX) {
      return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
    int slot = slot(hash);
    if (!spells(texts[slot], bytes, from, length)) {
      texts[slot] = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
    return texts[slot];
  }

  private static boolean spells(String text, byte[] bytes, int from, int length) {
    if (text == null || text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  PartitionId partition(String topic, int number) {
    int slot = slot(topic.hashCode() * 31 + number);
    PartitionId known = partitions[slot];
    if (known == null || known.partition() != number || !known.topic().equals(topic)) {
      partitions[slot] = new PartitionId(topic, number);
    }
    return partitions[slot];
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 12) & SLOTS - 1;
  }
}
