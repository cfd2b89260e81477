package dev.trial.checkers.foreign;

import java.io.BufferedReader;
import java.io.IOException;

/** A text line by line, which tells whether the last one has an end: a file may have been cut. */
final class Lines {
  private final BufferedReader in;
  private boolean whole;

  Lines(BufferedReader in) {
    this.in = in;
  }

  /** The next line without its end; null after the last. */
  String next() throws IOException {
    StringBuilder line = new StringBuilder();
    int each = in.read();
    if (each < 0) {
      return null;
    }
    for (; each >= 0 && each != '\n'; each = in.read()) {
      line.append((char) each);
    }
    whole = each == '\n';
    int length = line.length();
    boolean carriage = whole && length > 0 && line.charAt(length - 1) == '\r';
    return carriage ? line.substring(0, length - 1) : line.toString();
  }

  /** True if the last line had an end. */
  boolean whole() {
    return whole;
  }
}
