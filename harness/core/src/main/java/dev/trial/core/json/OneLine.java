package dev.trial.core.json;

/**
 * A sentence that quotes what somebody typed, or what a file holds, on one line: a line break or a
 * terminal's control sequence in it is told by its escape as in Java and JSON, never acted on.
 */
public final class OneLine {
  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';

  private OneLine() {}

  /** {@code text}, where nothing in it ends a line or steers a terminal. */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (plain(c)) {
        line.append(c);
      } else {
        line.append(escape(c));
      }
    }
    return line.toString();
  }

  private static boolean plain(char c) {
    return !Character.isISOControl(c) && c != LINE_SEPARATOR && c != PARAGRAPH_SEPARATOR;
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", (int) c);
    };
  }
}
