package dev.trial.app.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table whose rows have short cells and texts. Texts stand beside the short cells, folded; where
 * the terminal is too narrow for that they stand below them.
 */
public final class FittingTable {
  private static final int TEXT_MOST = 46;
  private static final int TEXT_LEAST = 24;

  private static final String GAP = "  ";
  private static final String INDENT = "  ";

  /** How the cells of a column stand. */
  public enum Kind {
    /** Short, at the left. */
    WORD,
    /** Short, at the right. */
    NUMBER,
    /** Long: folded, or below the rest of its row. */
    TEXT
  }

  /**
   * One column.
   *
   * @param least characters that a short cell has at least
   */
  public record Column(String title, Kind kind, int least) {}

  private final List<Column> columns;
  private final List<List<String>> rows;
  private final int terminal;
  private final List<String> lines = new ArrayList<>();

  private FittingTable(List<Column> columns, List<List<String>> rows, int terminal) {
    this.columns = columns;
    this.rows = rows;
    this.terminal = terminal;
  }

  /**
   * The table as lines, none wider than the terminal unless a word or a row of short cells is.
   *
   * @param rows a cell for each column
   * @param terminal columns of the terminal
   */
  public static List<String> lines(List<Column> columns, List<List<String>> rows, int terminal) {
    return new FittingTable(columns, rows, terminal).lines();
  }

  private List<String> lines() {
    List<Integer> texts = of(true);
    if (texts.isEmpty()) {
      beside(0);
      return lines;
    }
    int taken = of(false).stream().mapToInt(this::width).sum() + GAP.length() * columns.size();
    int text = Math.min(TEXT_MOST, (terminal - taken + GAP.length()) / texts.size());
    if (text >= least(texts)) {
      beside(text);
    } else {
      below();
    }
    return lines;
  }

  /** Narrower columns are a word a line, or wider than they are to be. */
  private int least(List<Integer> texts) {
    int longest =
        rows.stream()
            .flatMap(row -> texts.stream().map(row::get))
            .flatMap(text -> Stream.of(text.split(" ")))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    return Math.max(TEXT_LEAST, Math.min(TEXT_MOST, longest));
  }

  private List<Integer> of(boolean text) {
    return IntStream.range(0, columns.size())
        .filter(each -> (columns.get(each).kind() == Kind.TEXT) == text)
        .boxed()
        .toList();
  }

  private int width(int column) {
    int least = Math.max(columns.get(column).least(), columns.get(column).title().length());
    return rows.stream().mapToInt(row -> row.get(column).length()).reduce(least, Math::max);
  }

  private List<String> titles() {
    return columns.stream().map(Column::title).toList();
  }

  private void beside(int text) {
    List<Integer> all = IntStream.range(0, columns.size()).boxed().toList();
    List<Integer> widths = new ArrayList<>();
    all.forEach(each -> widths.add(columns.get(each).kind() == Kind.TEXT ? text : width(each)));
    line(all, widths, titles());
    for (List<String> row : rows) {
      List<List<String>> folded = new ArrayList<>();
      all.forEach(each -> folded.add(wrap(row.get(each), widths.get(each))));
      int height = folded.stream().mapToInt(List::size).max().orElse(0);
      for (int i = 0; i < height; i++) {
        int at = i;
        line(
            all,
            widths,
            folded.stream().map(cell -> at < cell.size() ? cell.get(at) : "").toList());
      }
    }
  }

  private void below() {
    List<Integer> shortOnes = of(false);
    List<Integer> widths = IntStream.range(0, columns.size()).map(this::width).boxed().toList();
    line(shortOnes, widths, titles());
    for (List<String> row : rows) {
      line(shortOnes, widths, row);
      of(true).forEach(each -> text(columns.get(each).title(), row.get(each)));
    }
  }

  private void line(List<Integer> shown, List<Integer> widths, List<String> cells) {
    lines.add(
        shown.stream()
            .map(each -> cell(columns.get(each).kind(), widths.get(each), cells.get(each)))
            .collect(Collectors.joining(GAP))
            .stripTrailing());
  }

  private static String cell(Kind kind, int width, String cell) {
    return String.format("%" + (kind == Kind.NUMBER ? "" : "-") + width + "s", cell);
  }

  private void text(String title, String text) {
    String first = INDENT + title + GAP;
    for (String line : wrap(text, terminal - first.length())) {
      lines.add(first + line);
      first = " ".repeat(first.length());
    }
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
