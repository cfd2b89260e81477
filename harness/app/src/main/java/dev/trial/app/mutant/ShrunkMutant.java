package dev.trial.app.mutant;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.app.table.FittingTable;
import dev.trial.app.table.FittingTable.Column;
import dev.trial.app.table.FittingTable.Kind;
import dev.trial.engine.shrink.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A mutant's first telling run, made small.
 *
 * @param claim the claim on trial, and its half
 * @param anomaly kind and cause, in words
 * @param runs how many runs shrinking held
 * @param tookMs how long shrinking took
 * @param cpuMs what it took of processors, which depends less on what else a machine does
 */
public record ShrunkMutant(
    String mutant,
    String claim,
    long seed,
    String anomaly,
    Size before,
    Size after,
    int runs,
    long tookMs,
    long cpuMs) {
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
          new Column("runs", Kind.NUMBER, 0),
          new Column("took", Kind.NUMBER, 0),
          new Column("CPU", Kind.NUMBER, 0),
          new Column("anomaly", Kind.TEXT, 0));

  /** Small enough for a person to hold: a few faults, and operations that fit a page. */
  public boolean small() {
    return after.faults() <= FAULTS_MOST && after.operations() <= OPERATIONS_MOST;
  }

  /** One JSON object. */
  public ObjectNode json() {
    JsonMapper mapper = new JsonMapper();
    ObjectNode node = mapper.createObjectNode();
    node.put("mutant", mutant).put("claim", claim).put("seed", seed).put("anomaly", anomaly);
    node.set("before", mapper.valueToTree(before));
    node.set("after", mapper.valueToTree(after));
    return node.put("runs", runs).put("took_ms", tookMs).put("cpu_ms", cpuMs);
  }

  /**
   * A row a mutant.
   *
   * @param columns of the terminal
   */
  public static List<String> table(List<ShrunkMutant> mutants, int columns) {
    return FittingTable.lines(COLUMNS, mutants.stream().map(ShrunkMutant::row).toList(), columns);
  }

  /** The same table as documents have it. */
  public static String markdown(List<ShrunkMutant> mutants) {
    StringBuilder text = new StringBuilder();
    text.append(
            "| mutant | claim | seed | faults | operations | clients | load | runs | took | CPU |")
        .append(" anomaly |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (ShrunkMutant each : mutants) {
      List<String> row = new ArrayList<>(each.row());
      row.add(1, each.claim);
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
    }
    return text.toString();
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
    return List.of(
        mutant,
        String.valueOf(seed),
        before.faults() + " to " + after.faults(),
        before.operations() + " to " + after.operations(),
        before.clients() + " to " + after.clients(),
        seconds(before.loadMs()) + " to " + seconds(after.loadMs()),
        String.valueOf(runs),
        seconds(tookMs),
        seconds(cpuMs),
        anomaly);
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / MS_PER_SECOND);
  }
}
