package dev.trial.app.mutant;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.app.table.FittingTable;
import dev.trial.app.table.FittingTable.Column;
import dev.trial.app.table.FittingTable.Kind;
import java.util.List;

/**
 * How a mutant fared.
 *
 * @param caughtBy kinds of anomalies that gave it away in a history and were meant to, none if it
 *     was not caught
 * @param besides other kinds that were seen until then: they do not count
 * @param caughtAtSeed the first seed at which it was, −1 if it never was
 * @param seeds how many were tried
 * @param cleanFlagged on how many of the same seeds the clean cluster was flagged: must be 0
 */
public record MutantScore(
    MutantTrial trial,
    List<String> caughtBy,
    List<String> besides,
    long caughtAtSeed,
    int seeds,
    int cleanFlagged) {
  /** The form of what {@code trial mutants --score --json} prints. */
  static final int VERSION = 1;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("mutant", Kind.WORD, 0),
          new Column("claim", Kind.TEXT, 0),
          new Column("at seed", Kind.NUMBER, 0),
          new Column("clean cluster", Kind.WORD, 0),
          new Column("caught by", Kind.TEXT, 0));

  /** Seen, and the clean cluster was not. */
  public boolean passed() {
    return caughtAtSeed >= 0 && cleanFlagged == 0;
  }

  /** One JSON object. */
  public ObjectNode json() {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("version", VERSION);
    node.put("mutant", trial.defect().id()).put("claim", trial.name().toString());
    ArrayNode meant = node.putArray("meant");
    trial.meant().forEach(kind -> meant.add(kind.id()));
    caughtBy.forEach(node.putArray("caught_by")::add);
    besides.forEach(node.putArray("besides")::add);
    node.put("caught_at_seed", caughtAtSeed < 0 ? null : caughtAtSeed);
    return node.put("seeds", seeds).put("clean_flagged", cleanFlagged);
  }

  /** How many of them were caught, and how soon. */
  public static String summary(List<MutantScore> scores) {
    List<Long> seeds =
        scores.stream().map(MutantScore::caughtAtSeed).filter(seed -> seed >= 0).sorted().toList();
    String soon =
        seeds.isEmpty()
            ? ""
            : "; at seed "
                + seeds.get(seeds.size() / 2)
                + " in the median, "
                + seeds.get(seeds.size() - 1)
                + " at the latest";
    return seeds.size() + " of " + scores.size() + " mutants caught" + soon;
  }

  /**
   * The matrix, a row a mutant.
   *
   * @param columns of the terminal
   */
  public static List<String> table(List<MutantScore> scores, int columns) {
    return FittingTable.lines(COLUMNS, scores.stream().map(MutantScore::row).toList(), columns);
  }

  private List<String> row() {
    return List.of(
        trial.defect().id(),
        trial.name().toString(),
        caughtAtSeed >= 0 ? String.valueOf(caughtAtSeed) : "-",
        cleanFlagged == 0 ? "clean on the same seeds" : "flagged on " + cleanFlagged,
        who());
  }

  private String who() {
    String catchers =
        caughtAtSeed >= 0 ? String.join(", ", caughtBy) : "nobody in " + seeds + " seeds";
    return besides.isEmpty()
        ? catchers
        : catchers + " (besides: " + String.join(", ", besides) + ")";
  }
}
