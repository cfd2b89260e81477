package dev.trial.checkers.jepsen;

import dev.trial.core.history.HistoryFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over EDN in a stream of bytes without building values: the caller asks for what it expects,
 * and passes over the rest. Knows at every time its line and its column in bytes.
 */
final class EdnScanner {
  /** What {@link #next} answers at the end of the stream. */
  static final int END = -1;

  private static final int DEPTH_MAX = 200;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LONG_DIGITS_SURE = 18;
  private static final boolean[] ENDS_ATOM = new boolean[256];

  static {
    for (byte each : " ,\t\r\n\f()[]{}\";".getBytes(StandardCharsets.US_ASCII)) {
      ENDS_ATOM[each] = true;
    }
  }

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int filled;
  private long base;
  private long line = 1;
  private long lineStart;
  private byte[] token = new byte[64];
  private int length;
  private int depth;

  EdnScanner(InputStream in) {
    this.in = in;
  }

  // ---- where it is

  long line() {
    return line;
  }

  int column() {
    return (int) Math.min(Integer.MAX_VALUE, base + at - lineStart + 1);
  }

  /** What is wrong, at the place reached. */
  HistoryFormatException wrong(String problem) {
    return new HistoryFormatException(line, column(), problem, null);
  }

  /** That something else should stand here. */
  HistoryFormatException expected(String what) throws IOException {
    int found = peek();
    if (found == END) {
      return wrong("the history ends where " + what + " should follow");
    }
    String shown = found > ' ' && found < 127 ? "'" + (char) found + "'" : "byte " + found;
    return wrong("found " + shown + " where " + what + " should follow");
  }

  // ---- bytes

  private int peek() throws IOException {
    if (at == filled) {
      base += filled;
      at = 0;
      filled = Math.max(0, in.read(buffer, 0, buffer.length));
      if (filled == 0) {
        return END;
      }
    }
    return buffer[at] & 0xFF;
  }

  private void pass() {
    if (buffer[at++] == '\n') {
      line++;
      lineStart = base + at;
    }
  }

  // ---- structure

  /** The first byte of the next value or the closing bracket, not consumed. */
  int next() throws IOException {
    while (true) {
      int c = peek();
      if (c == ' ' || c == ',') {
        at++;
      } else if (c == '\n' || c == '\t' || c == '\r' || c == '\f') {
        pass();
      } else if (c == ';') {
        passComment();
      } else {
        return c;
      }
    }
  }

  private void passComment() throws IOException {
    for (int c = peek(); c != END && c != '\n'; c = peek()) {
      at++;
    }
  }

  /** Consumes a byte of structure that {@link #next} has shown. */
  void open(char bracket) throws IOException {
    if (next() != bracket) {
      throw expected("'" + bracket + "'");
    }
    if (++depth > DEPTH_MAX) {
      throw wrong("values are nested more than " + DEPTH_MAX + " deep");
    }
    at++;
  }

  /** True, and the bracket is consumed, if the sequence or map ends here. */
  boolean closes(char bracket) throws IOException {
    int c = next();
    if (c == bracket) {
      depth--;
      at++;
      return true;
    }
    if (c == END || c == ']' || c == ')' || c == '}') {
      throw expected("'" + bracket + "'");
    }
    return false;
  }

  /** Opens a vector or a list; returns its closing bracket, or 0 if the next is neither. */
  char openSequence() throws IOException {
    int c = next();
    if (c == '[') {
      open('[');
      return ']';
    }
    if (c == '(') {
      open('(');
      return ')';
    }
    return 0;
  }

  // ---- atoms

  /** Reads a keyword's name into the token; false, and nothing is consumed, if there is none. */
  boolean keyword() throws IOException {
    if (next() != ':') {
      return false;
    }
    at++;
    word();
    return true;
  }

  /** Reads the number, symbol or keyword that follows into the token. */
  void word() throws IOException {
    length = 0;
    for (int c = peek(); c != END && !ENDS_ATOM[c]; c = peek()) {
      append(c);
      at++;
    }
    if (length == 0) {
      throw expected("a value");
    }
  }

  private void append(int c) {
    if (length == token.length) {
      token = Arrays.copyOf(token, length * 2);
    }
    token[length++] = (byte) c;
  }

  /** True if the token reads so. */
  boolean is(String ascii) {
    if (length != ascii.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (token[i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  String token() {
    return new String(token, 0, length, StandardCharsets.UTF_8);
  }

  /** True if the token is a whole number that fits a long. */
  boolean isWhole() {
    int digits = digitsEnd();
    int first = token[0] == '-' || token[0] == '+' ? 1 : 0;
    if (digits <= first || digits - first > LONG_DIGITS_SURE) {
      return false;
    }
    for (int i = first; i < digits; i++) {
      if (token[i] < '0' || token[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** The whole number that the token is. */
  long whole() {
    int digits = digitsEnd();
    long value = 0;
    for (int i = token[0] == '-' || token[0] == '+' ? 1 : 0; i < digits; i++) {
      value = value * 10 + token[i] - '0';
    }
    return token[0] == '-' ? -value : value;
  }

  /** EDN writes a whole number of any size with an N behind it. */
  private int digitsEnd() {
    return token[length - 1] == 'N' ? length - 1 : length;
  }

  // ---- values nobody interprets

  /** Passes over one value of any kind. */
  void skip() throws IOException {
    skip(null);
  }

  /** One value of any kind, as it is written. */
  String text() throws IOException {
    StringBuilder text = new StringBuilder();
    skip(text);
    return text.toString();
  }

  private void skip(StringBuilder text) throws IOException {
    switch (next()) {
      case '[' -> skipInside('[', ']', text);
      case '(' -> skipInside('(', ')', text);
      case '{' -> skipInside('{', '}', text);
      case '"' -> skipString(text);
      case '\\' -> skipCharacter(text);
      case '#' -> skipTagged(text);
      default -> {
        word();
        add(text, token());
      }
    }
  }

  private void skipInside(char open, char close, StringBuilder text) throws IOException {
    open(open);
    add(text, String.valueOf(open));
    for (boolean first = true; !closes(close); first = false) {
      add(text, first ? "" : " ");
      skip(text);
    }
    add(text, String.valueOf(close));
  }

  private void skipString(StringBuilder text) throws IOException {
    length = 0;
    append('"');
    at++;
    boolean escaped = false;
    for (int c = peek(); c != '"' || escaped; c = peek()) {
      if (c == END) {
        throw expected("'\"'");
      }
      escaped = c == '\\' && !escaped;
      append(c);
      pass();
    }
    append('"');
    at++;
    add(text, token());
  }

  private void skipCharacter(StringBuilder text) throws IOException {
    at++;
    length = 0;
    append('\\');
    int first = peek();
    if (first == END) {
      throw expected("a character");
    }
    append(first);
    pass();
    for (int c = peek(); c != END && !ENDS_ATOM[c]; c = peek()) {
      append(c);
      at++;
    }
    add(text, token());
  }

  private void skipTagged(StringBuilder text) throws IOException {
    at++;
    if (peek() == '{') {
      add(text, "#");
      skipInside('{', '}', text);
      return;
    }
    word();
    add(text, "#" + token() + " ");
    // A tag's value may be tagged in turn.
    if (++depth > DEPTH_MAX) {
      throw wrong("values are nested more than " + DEPTH_MAX + " deep");
    }
    skip(text);
    depth--;
  }

  /** Passes over a tag, so that the value it stands before is next. */
  void skipTag() throws IOException {
    at++;
    word();
  }

  private static void add(StringBuilder text, String part) {
    if (text != null) {
      text.append(part);
    }
  }
}
