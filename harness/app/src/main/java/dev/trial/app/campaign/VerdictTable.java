package dev.trial.app.campaign;

import java.util.ArrayList;
import java.util.List;

/** The verdict table on the terminal: expected against observed, one claim a row. */
public final class VerdictTable {
  private static final int TEXT_WIDTH = 46;

  private VerdictTable() {}

  /** The table as lines. */
  public static List<String> lines(List<ClaimResult> claims) {
    int idWidth = claims.stream().mapToInt(c -> c.claim().id().length()).max().orElse(5);
    String format = "%-" + idWidth + "s  %-" + TEXT_WIDTH + "s  %-" + TEXT_WIDTH + "s  %5s  %s";
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(format, "claim", "expected", "observed", "runs", "verdict").stripTrailing());
    for (ClaimResult claim : claims) {
      add(lines, format, claim);
    }
    return lines;
  }

  private static void add(List<String> lines, String format, ClaimResult claim) {
    List<String> expected = wrap(claim.claim().expected());
    List<String> observed = wrap(claim.observed());
    for (int i = 0; i < Math.max(expected.size(), observed.size()); i++) {
      boolean first = i == 0;
      lines.add(
          String.format(
                  format,
                  first ? claim.claim().id() : "",
                  i < expected.size() ? expected.get(i) : "",
                  i < observed.size() ? observed.get(i) : "",
                  first ? claim.runs() : "",
                  first ? claim.outcome().replace('-', ' ') : "")
              .stripTrailing());
    }
  }

  private static List<String> wrap(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > TEXT_WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
