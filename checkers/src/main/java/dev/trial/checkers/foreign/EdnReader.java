package dev.trial.checkers.foreign;

import dev.trial.core.history.HistoryFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads EDN values from a line of text: nil, booleans, whole and other numbers, strings, keywords,
 * symbols (as keywords of their own name), vectors, lists and sets (as lists), maps, and tagged
 * values (without their tag). Comments and what {@code #_} discards are passed over.
 */
final class EdnReader {
  private static final int DEPTH_MAX = 200;

  private final String text;
  private final long line;
  private int at;
  private int depth;

  /** Reads {@code text}; {@code line} is its number, for messages. */
  EdnReader(String text, long line) {
    this.text = text;
    this.line = line;
  }

  /** True if nothing but blanks and comments follows. */
  boolean atEnd() throws HistoryFormatException {
    skip();
    return at >= text.length();
  }

  /** The next value; null is EDN's nil. */
  Object next() throws HistoryFormatException {
    skip();
    char first = peek("a value");
    return switch (first) {
      case '[' -> sequence(']');
      case '(' -> sequence(')');
      case '{' -> map();
      case '"' -> string();
      case '#' -> tagged();
      case '\\' -> character();
      case ':' -> {
        at++;
        yield new Keyword(word());
      }
      default -> atom();
    };
  }

  /** What is wrong, at the place reached. */
  HistoryFormatException wrong(String problem) {
    return new HistoryFormatException(line, at + 1, problem, null);
  }

  private char peek(String expected) throws HistoryFormatException {
    if (at >= text.length()) {
      throw wrong("the line ends where " + expected + " should follow");
    }
    return text.charAt(at);
  }

  private void skip() throws HistoryFormatException {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ';') {
        at = text.length();
      } else if (c == '#' && text.startsWith("#_", at)) {
        at += 2;
        next();
      } else if (Character.isWhitespace(c) || c == ',') {
        at++;
      } else {
        return;
      }
    }
  }

  private List<Object> sequence(char end) throws HistoryFormatException {
    nest();
    at++;
    List<Object> values = new ArrayList<>();
    for (skip(); peek("'" + end + "'") != end; skip()) {
      values.add(next());
    }
    at++;
    depth--;
    return values;
  }

  private Map<Object, Object> map() throws HistoryFormatException {
    nest();
    at++;
    Map<Object, Object> values = new LinkedHashMap<>();
    for (skip(); peek("'}'") != '}'; skip()) {
      Object key = next();
      skip();
      if (peek("a value") == '}') {
        throw wrong("a map needs a value after the key " + key);
      }
      values.put(key, next());
    }
    at++;
    depth--;
    return values;
  }

  private void nest() throws HistoryFormatException {
    if (++depth > DEPTH_MAX) {
      throw wrong("values are nested more than " + DEPTH_MAX + " deep");
    }
  }

  private String string() throws HistoryFormatException {
    StringBuilder value = new StringBuilder();
    for (at++; peek("'\"'") != '"'; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
        value.append(escaped(peek("an escaped character")));
      } else {
        value.append(c);
      }
    }
    at++;
    return value.toString();
  }

  private char escaped(char c) throws HistoryFormatException {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\' -> c;
      case 'u' -> unicode();
      default -> throw wrong("unknown escape \\" + c);
    };
  }

  private char unicode() throws HistoryFormatException {
    int digits = at + 1;
    try {
      int code = Integer.parseInt(text, digits, digits + 4, 16);
      at += 4;
      return (char) code;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw wrong("four hexadecimal digits should follow \\u");
    }
  }

  private Object tagged() throws HistoryFormatException {
    at++;
    if (peek("a tag") == '{') {
      return sequence('}');
    }
    word();
    nest();
    Object value = next();
    depth--;
    return value;
  }

  private String character() throws HistoryFormatException {
    at++;
    peek("a character");
    int start = at++;
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String word() throws HistoryFormatException {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw wrong("unexpected '" + (at < text.length() ? text.charAt(at) : ' ') + "'");
    }
    return text.substring(start, at);
  }

  private static boolean isWord(char c) {
    return !Character.isWhitespace(c) && "[](){}\",;".indexOf(c) < 0;
  }

  private Object atom() throws HistoryFormatException {
    int start = at;
    String word = word();
    switch (word) {
      case "nil":
        return null;
      case "true":
        return Boolean.TRUE;
      case "false":
        return Boolean.FALSE;
      default:
        break;
    }
    char first = word.charAt(0);
    boolean signed = (first == '-' || first == '+') && word.length() > 1;
    if (!Character.isDigit(signed ? word.charAt(1) : first)) {
      return new Keyword(word);
    }
    try {
      return number(word);
    } catch (NumberFormatException e) {
      at = start;
      throw wrong("'" + word + "' is not a number");
    }
  }

  private static Number number(String word) {
    if (word.endsWith("N")) {
      return Long.parseLong(word, 0, word.length() - 1, 10);
    }
    boolean whole = word.chars().allMatch(c -> Character.isDigit(c) || c == '-' || c == '+');
    if (whole) {
      return Long.valueOf(word);
    }
    return Double.valueOf(word.endsWith("M") ? word.substring(0, word.length() - 1) : word);
  }
}
