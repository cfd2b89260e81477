package dev.trial.core.history;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * A line as {@link HistoryJsonWriter} writes nearly all of them: ASCII without escapes or blanks,
 * numbers whole and short. At the first byte that is anything else it raises {@link NotPlain}, and
 * the line is read again by {@link JacksonTokens}, which knows all of JSON and says what is wrong;
 * so this one needs no error messages, and must never take what the other would refuse. It makes no
 * objects but texts that were not met before.
 */
final class PlainTokens implements Tokens {
  private static final int DEPTH_MAX = 62;
  private static final int DIGITS_MAX = 18;

  /** Jackson refuses names that are longer than 50,000. */
  private static final int TEXT_MAX = 1 << 15;

  private final Shared shared;
  private byte[] bytes;
  private int at;
  private int end;
  private int depth;

  /** A bit for each bracket that is open: 1 for an object. */
  private long objects;

  private boolean first;
  private boolean afterName;
  private JsonToken token;
  private String text;
  private long number;

  /** The line is no plain one. */
  static final class NotPlain extends IOException {
    private static final long serialVersionUID = 1L;
    private static final NotPlain INSTANCE = new NotPlain();

    private NotPlain() {
      super("this line needs the full parser");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  PlainTokens(Shared shared) {
    this.shared = shared;
  }

  /** Begins a line. */
  void reset(byte[] line, int from, int length) {
    bytes = line;
    at = from;
    end = from + length;
    depth = 0;
    objects = 0;
    first = true;
    afterName = false;
    token = null;
  }

  @Override
  public JsonToken next() throws NotPlain {
    token = advance();
    return token;
  }

  private JsonToken advance() throws NotPlain {
    if (depth == 0) {
      return token == null ? open() : atEnd();
    }
    if (afterName) {
      afterName = false;
      return value();
    }
    byte here = here();
    boolean object = (objects & 1) != 0;
    if (here == (object ? '}' : ']')) {
      return close(object);
    }
    if (!first) {
      require(',');
    }
    first = false;
    return object ? fieldName() : value();
  }

  private JsonToken open() throws NotPlain {
    if (here() != '{') {
      throw NotPlain.INSTANCE;
    }
    return value();
  }

  private JsonToken atEnd() throws NotPlain {
    if (at < end) {
      throw NotPlain.INSTANCE;
    }
    return null;
  }

  private JsonToken close(boolean object) {
    at++;
    depth--;
    objects >>>= 1;
    first = false;
    return object ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
  }

  private JsonToken fieldName() throws NotPlain {
    readText();
    require(':');
    afterName = true;
    return JsonToken.FIELD_NAME;
  }

  private JsonToken value() throws NotPlain {
    byte here = here();
    if (here == '"') {
      readText();
      return JsonToken.VALUE_STRING;
    }
    if (here == '{' || here == '[') {
      return begin(here == '{');
    }
    if (here == 't') {
      word("true");
      return JsonToken.VALUE_TRUE;
    }
    if (here == 'f') {
      word("false");
      return JsonToken.VALUE_FALSE;
    }
    if (here == 'n') {
      word("null");
      return JsonToken.VALUE_NULL;
    }
    readNumber(here);
    return JsonToken.VALUE_NUMBER_INT;
  }

  private JsonToken begin(boolean object) throws NotPlain {
    if (depth == DEPTH_MAX) {
      throw NotPlain.INSTANCE;
    }
    at++;
    depth++;
    objects = objects << 1 | (object ? 1 : 0);
    first = true;
    return object ? JsonToken.START_OBJECT : JsonToken.START_ARRAY;
  }

  private void word(String word) throws NotPlain {
    for (int i = 0; i < word.length(); i++) {
      require(word.charAt(i));
    }
  }

  private void readText() throws NotPlain {
    require('"');
    int from = at;
    int hash = 0;
    for (int last = Math.min(end, from + TEXT_MAX); at < last; at++) {
      byte each = bytes[at];
      if (each == '"') {
        text = shared.text(bytes, from, at - from, hash);
        at++;
        return;
      }
      if (each < ' ' || each == '\\') {
        break;
      }
      hash = 31 * hash + each;
    }
    throw NotPlain.INSTANCE;
  }

  private void readNumber(byte sign) throws NotPlain {
    boolean negative = sign == '-';
    at += negative ? 1 : 0;
    int from = at;
    long value = 0;
    for (; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      value = value * 10 + (bytes[at] - '0');
    }
    int digits = at - from;
    boolean leadingZero = digits > 1 && bytes[from] == '0';
    if (digits == 0 || digits > DIGITS_MAX || leadingZero || !endsValue()) {
      throw NotPlain.INSTANCE;
    }
    number = negative ? -value : value;
  }

  /** Else it is a fraction, an exponent, or no number at all. */
  private boolean endsValue() {
    return at < end && (bytes[at] == ',' || bytes[at] == '}' || bytes[at] == ']');
  }

  private byte here() throws NotPlain {
    if (at >= end) {
      throw NotPlain.INSTANCE;
    }
    return bytes[at];
  }

  private void require(char expected) throws NotPlain {
    if (at >= end || bytes[at] != expected) {
      throw NotPlain.INSTANCE;
    }
    at++;
  }

  // ---- what stands there

  @Override
  public JsonToken current() {
    return token;
  }

  @Override
  public String name() {
    return text;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public int whole() throws NotPlain {
    if (number != (int) number) {
      throw NotPlain.INSTANCE;
    }
    return (int) number;
  }

  @Override
  public void skip() throws NotPlain {
    boolean opened = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
    for (int outside = depth - 1; opened && depth > outside; ) {
      next();
    }
  }

  @Override
  public JsonNode tree() throws NotPlain {
    throw NotPlain.INSTANCE;
  }

  @Override
  public IOException error(String message, Exception cause) {
    return NotPlain.INSTANCE;
  }
}
