package dev.trial.core.history;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** JSON text as UTF-8 bytes in a buffer that is used again and again. */
final class JsonBytes {

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final int MAX_LONG_DIGITS = 20;

  private byte[] bytes = new byte[1 << 16];
  private int size;
  private boolean first = true;

  int size() {
    return size;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  // ---- structure

  void beginObject() {
    separate();
    raw('{');
    first = true;
  }

  void endObject() {
    raw('}');
    first = false;
  }

  void beginArray() {
    separate();
    raw('[');
    first = true;
  }

  void endArray() {
    raw(']');
    first = false;
  }

  void newLine() {
    raw('\n');
    first = true;
  }

  /** A field name; an ASCII word that needs no escape. */
  void name(String name) {
    separate();
    raw('"');
    ascii(name);
    raw('"');
    raw(':');
    first = true;
  }

  /** A field name that may hold anything but half a surrogate pair, which JSON readers refuse. */
  void anyName(String name) {
    text(wellFormed(name));
    raw(':');
    first = true;
  }

  private static String wellFormed(String name) {
    StringBuilder repaired = null;
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int codePoint = name.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        repaired = repaired == null ? new StringBuilder(name) : repaired;
        repaired.setCharAt(i, '\uFFFD');
      }
    }
    return repaired == null ? name : repaired.toString();
  }

  // ---- values

  void number(long value) {
    separate();
    room(MAX_LONG_DIGITS);
    if (value == Long.MIN_VALUE) {
      ascii("-9223372036854775808");
      return;
    }
    long rest = value;
    if (rest < 0) {
      bytes[size++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long power = 10; digits < 19 && rest >= power; power *= 10) {
      digits++;
    }
    for (int at = size + digits - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  /** A value that is JSON text already; what is not ASCII in its strings becomes an escape. */
  void document(String json) {
    separate();
    for (int i = 0; i < json.length(); i++) {
      char each = json.charAt(i);
      if (each < 0x80) {
        raw(each);
      } else {
        unicodeEscape(each);
      }
    }
  }

  void bool(boolean value) {
    separate();
    ascii(value ? "true" : "false");
  }

  void nothing() {
    separate();
    ascii("null");
  }

  /** A constant's name as files spell it: lower case, words joined by dashes. */
  void constant(Enum<?> value) {
    separate();
    String name = value.name();
    room(name.length() + 2);
    bytes[size++] = '"';
    for (int i = 0; i < name.length(); i++) {
      bytes[size++] = (byte) lower(name.charAt(i));
    }
    bytes[size++] = '"';
  }

  /** How files spell one letter of a constant's name. */
  static char lower(char letter) {
    if (letter == '_') {
      return '-';
    }
    return letter >= 'A' && letter <= 'Z' ? (char) (letter + ('a' - 'A')) : letter;
  }

  void text(String text) {
    separate();
    raw('"');
    for (int i = plain(text); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        asciiEscaped(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        fourBytes(Character.toCodePoint(c, text.charAt(++i)));
      } else if (Character.isSurrogate(c)) {
        // Half a surrogate pair has no UTF-8 form; its escape survives the round trip.
        unicodeEscape(c);
      } else {
        twoOrThreeBytes(c);
      }
    }
    raw('"');
  }

  /** Writes what the text begins with that is itself in JSON, nearly always all of it. */
  private int plain(String text) {
    int length = text.length();
    room(length);
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
        break;
      }
      bytes[size + i] = (byte) c;
    }
    size += i;
    return i;
  }

  private void asciiEscaped(char c) {
    if (c == '"' || c == '\\') {
      raw('\\');
      raw(c);
    } else if (c == '\n') {
      raw('\\');
      raw('n');
    } else if (c < 0x20) {
      unicodeEscape(c);
    } else {
      raw(c);
    }
  }

  private void unicodeEscape(char c) {
    room(6);
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    bytes[size++] = HEX[c >> 12];
    bytes[size++] = HEX[(c >> 8) & 0xF];
    bytes[size++] = HEX[(c >> 4) & 0xF];
    bytes[size++] = HEX[c & 0xF];
  }

  private void twoOrThreeBytes(char c) {
    room(3);
    if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | c >> 6);
    } else {
      bytes[size++] = (byte) (0xE0 | c >> 12);
      bytes[size++] = (byte) (0x80 | (c >> 6) & 0x3F);
    }
    bytes[size++] = (byte) (0x80 | c & 0x3F);
  }

  private void fourBytes(int codePoint) {
    room(4);
    bytes[size++] = (byte) (0xF0 | codePoint >> 18);
    bytes[size++] = (byte) (0x80 | (codePoint >> 12) & 0x3F);
    bytes[size++] = (byte) (0x80 | (codePoint >> 6) & 0x3F);
    bytes[size++] = (byte) (0x80 | codePoint & 0x3F);
  }

  private void separate() {
    if (first) {
      first = false;
    } else {
      raw(',');
    }
  }

  @SuppressWarnings("deprecation")
  private void ascii(String text) {
    int length = text.length();
    room(length);
    text.getBytes(0, length, bytes, size); // deprecated for texts that are not ASCII
    size += length;
  }

  private void raw(char c) {
    room(1);
    bytes[size++] = (byte) c;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
