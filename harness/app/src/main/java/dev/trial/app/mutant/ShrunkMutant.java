package dev.trial.app.mutant;

import dev.trial.app.table.FittingTable;
import dev.trial.app.table.FittingTable.Column;
import dev.trial.app.table.FittingTable.Kind;
import dev.trial.engine.shrink.Shrunk;
import dev.trial.engine.shrink.Size;
import java.util.List;
import java.util.Locale;

/**
 * A mutant's first telling run, made small.
 *
 * @param tookMs how long shrinking took
 */
public record ShrunkMutant(MutantTrial trial, long seed, Shrunk shrunk, long tookMs) {
  private static final double MS_PER_SECOND = 1e3;
  private static final int FAULTS_MOST = 3;
  private static final int OPERATIONS_MOST = 20;
  private static final List<Column> COLUMNS =
      List.of(
          new Column("mutant", Kind.WORD, 0),
          new Column("seed", Kind.NUMBER, 0),
          new Column("faults", Kind.NUMBER, 0),
          new Column("operations", Kind.NUMBER, 0),
          new Column("clients", Kind.NUMBER, 0),
          new Column("load", Kind.NUMBER, 0),
          new Column("took", Kind.NUMBER, 0),
          new Column("anomaly", Kind.TEXT, 0));

  /** Small enough for a person to hold: a few faults, and operations that fit a page. */
  public boolean small() {
    return shrunk.after().faults() <= FAULTS_MOST && shrunk.after().operations() <= OPERATIONS_MOST;
  }

  /**
   * A row a mutant.
   *
   * @param columns of the terminal
   */
  public static List<String> table(List<ShrunkMutant> mutants, int columns) {
    return FittingTable.lines(COLUMNS, mutants.stream().map(ShrunkMutant::row).toList(), columns);
  }

  /** How many of them are small. */
  public static String summary(List<ShrunkMutant> mutants) {
    long small = mutants.stream().filter(ShrunkMutant::small).count();
    return small
        + " of "
        + mutants.size()
        + " with at most "
        + FAULTS_MOST
        + " faults and "
        + OPERATIONS_MOST
        + " client operations";
  }

  private List<String> row() {
    Size before = shrunk.before();
    Size after = shrunk.after();
    return List.of(
        trial.defect().id(),
        String.valueOf(seed),
        before.faults() + " to " + after.faults(),
        before.operations() + " to " + after.operations(),
        before.clients() + " to " + after.clients(),
        seconds(before.loadMs()) + " to " + seconds(after.loadMs()),
        seconds(tookMs),
        shrunk.sign().words());
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / MS_PER_SECOND);
  }
}
