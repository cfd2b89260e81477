package dev.trial.app.table;

import dev.trial.app.table.FittingTable.Column;
import dev.trial.app.table.FittingTable.Kind;
import dev.trial.engine.campaign.ClaimResult;
import java.util.List;

/**
 * The verdict table: expected against observed, one claim a row. Where the terminal is too narrow
 * for both beside each other they stand below the claim.
 */
public final class VerdictTable {
  private static final int RUNS = 5;
  private static final int VERDICT = 14;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("claim", Kind.WORD, 0),
          new Column("expected", Kind.TEXT, 0),
          new Column("observed", Kind.TEXT, 0),
          new Column("runs", Kind.NUMBER, RUNS),
          new Column("verdict", Kind.WORD, VERDICT));

  private VerdictTable() {}

  /** The table as lines, none wider than {@code columns} unless a word or an id is. */
  public static List<String> lines(List<ClaimResult> claims, int columns) {
    return FittingTable.lines(COLUMNS, claims.stream().map(VerdictTable::row).toList(), columns);
  }

  private static List<String> row(ClaimResult claim) {
    return List.of(
        claim.claim().id(),
        claim.claim().expected(),
        claim.observed(),
        String.valueOf(claim.runs()),
        claim.outcome().words());
  }
}
