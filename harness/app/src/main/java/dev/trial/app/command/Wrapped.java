package dev.trial.app.command;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a width, broken between words; what follows the first line is indented. */
final class Wrapped {

  private Wrapped() {}

  /** Lines of {@code text} joined by line feeds, each at most {@code columns} wide. */
  static String lines(String text, int indent, int columns) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      fold(line, indent, columns, lines);
    }
    return String.join("\n", lines);
  }

  private static void fold(String text, int indent, int columns, List<String> lines) {
    String line = text;
    while (line.length() > columns) {
      int space = line.lastIndexOf(' ', columns);
      if (space <= indent) {
        break; // one word that is wider than all there is
      }
      lines.add(line.substring(0, space).stripTrailing());
      line = " ".repeat(indent) + line.substring(space + 1);
    }
    lines.add(line);
  }
}
