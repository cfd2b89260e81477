package dev.trial.app.campaign;

import java.util.ArrayList;
import java.util.List;

/**
 * The verdict table: expected against observed, one claim a row. Where the terminal is too narrow
 * for both beside each other they stand below the claim.
 */
public final class VerdictTable {
  private static final int TEXT_MOST = 46;

  /** Narrower columns are a word a line. */
  private static final int TEXT_LEAST = 24;

  private static final int RUNS = 5;
  private static final int VERDICT = 14;
  private static final String GAP = "  ";
  private static final String INDENT = "  ";

  private final List<ClaimResult> claims;
  private final int columns;
  private final int idWidth;
  private final List<String> lines = new ArrayList<>();

  private VerdictTable(List<ClaimResult> claims, int columns) {
    this.claims = claims;
    this.columns = columns;
    this.idWidth =
        Math.max(
            "claim".length(),
            claims.stream().mapToInt(c -> c.claim().id().length()).max().orElse(0));
  }

  /** The table as lines, none wider than {@code columns} unless a word or an id is. */
  public static List<String> lines(List<ClaimResult> claims, int columns) {
    return new VerdictTable(claims, columns).lines();
  }

  private List<String> lines() {
    int text = Math.min(TEXT_MOST, (columns - idWidth - RUNS - VERDICT - 4 * GAP.length()) / 2);
    if (text >= TEXT_LEAST) {
      beside(text);
    } else {
      below();
    }
    return lines;
  }

  private void beside(int text) {
    row(text, "claim", "expected", "observed", "runs", "verdict");
    for (ClaimResult claim : claims) {
      List<String> expected = wrap(claim.claim().expected(), text);
      List<String> observed = wrap(claim.observed(), text);
      for (int i = 0; i < Math.max(expected.size(), observed.size()); i++) {
        row(
            text,
            i == 0 ? claim.claim().id() : "",
            i < expected.size() ? expected.get(i) : "",
            i < observed.size() ? observed.get(i) : "",
            i == 0 ? String.valueOf(claim.runs()) : "",
            i == 0 ? word(claim) : "");
      }
    }
  }

  private void row(int text, String... cells) {
    String format = "%-" + idWidth + "s  %-" + text + "s  %-" + text + "s  %" + RUNS + "s  %s";
    lines.add(String.format(format, (Object[]) cells).stripTrailing());
  }

  private void below() {
    String format = "%-" + idWidth + "s  %" + RUNS + "s  %s";
    lines.add(String.format(format, "claim", "runs", "verdict"));
    for (ClaimResult claim : claims) {
      lines.add(String.format(format, claim.claim().id(), claim.runs(), word(claim)));
      text("expected", claim.claim().expected());
      text("observed", claim.observed());
    }
  }

  private void text(String title, String text) {
    String first = INDENT + title + GAP;
    for (String line : wrap(text, columns - first.length())) {
      lines.add(first + line);
      first = " ".repeat(first.length());
    }
  }

  private static String word(ClaimResult claim) {
    return claim.outcome().replace('-', ' ');
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
