package dev.trial.app.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.app.table.FittingTable.Column;
import dev.trial.app.table.FittingTable.Kind;
import dev.trial.core.json.StrictObject;
import dev.trial.engine.compare.Harm;
import dev.trial.engine.compare.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Contenders side by side: what each suffered, and at what pace. */
public final class CompareTable {
  private static final int VERSION = 1;
  private static final double[] PERCENTILES = {50, 99};
  private static final double MS_PER_SECOND = 1e3;

  /** What is measured of each. */
  static final List<String> FIGURES =
      List.of(
          "p50 ms",
          "p99 ms",
          "max ms",
          "acks/s",
          "gap s, median",
          "worst",
          "no owner s, median",
          "worst");

  private final List<Standing> standings;
  private final List<Harm> shown;

  /** Of all contenders over the same seeds. */
  public CompareTable(List<Standing> standings) {
    this.standings = List.copyOf(standings);
    this.shown =
        List.of(Harm.values()).stream()
            .filter(harm -> standings.stream().anyMatch(each -> each.harms().containsKey(harm)))
            .toList();
  }

  /** A row for each contender; a harm is told as runs and records. */
  public List<String> lines() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("", Kind.WORD, 0));
    shown.forEach(harm -> columns.add(new Column(harm.words(), Kind.NUMBER, 0)));
    FIGURES.forEach(figure -> columns.add(new Column(figure, Kind.NUMBER, 0)));
    return FittingTable.lines(
        columns, standings.stream().map(this::row).toList(), Integer.MAX_VALUE);
  }

  private List<String> row(Standing standing) {
    List<String> row = new ArrayList<>();
    row.add(standing.contender().name());
    shown.forEach(harm -> row.add(cell(standing, harm)));
    row.addAll(figures(standing));
    return row;
  }

  /** Harms that any contender suffered, the gravest first. */
  List<Harm> shown() {
    return shown;
  }

  /** A contender's cells below {@link #FIGURES}. */
  static List<String> figures(Standing standing) {
    List<String> row = new ArrayList<>();
    for (double percentile : PERCENTILES) {
      row.add(decimals(1, standing.latencyMs(percentile)));
    }
    row.add(decimals(0, standing.latencyMs(100)));
    row.add(decimals(0, standing.acknowledgedPerSecond()));
    row.add(decimals(1, standing.medianGapMs() / MS_PER_SECOND));
    row.add(decimals(1, standing.worstGapMs() / MS_PER_SECOND));
    row.add(decimals(1, standing.medianUnownedMs() / MS_PER_SECOND));
    row.add(decimals(1, standing.worstUnownedMs() / MS_PER_SECOND));
    return row;
  }

  static String cell(Standing standing, Harm harm) {
    Standing.Suffered suffered = standing.harms().get(harm);
    return suffered == null
        ? "-"
        : suffered.runs() + "/" + standing.runs() + " (" + suffered.records() + ")";
  }

  private static String decimals(int count, double value) {
    return String.format(Locale.ROOT, "%." + count + "f", value);
  }

  /** For each cell that is not empty, the run that shows it first. */
  public List<String> witnesses(String replay) {
    List<String> lines = new ArrayList<>();
    for (Standing standing : standings) {
      standing
          .harms()
          .forEach(
              (harm, suffered) ->
                  lines.add(
                      String.format(
                          Locale.ROOT,
                          "  %-20s %-12s %s%s",
                          standing.contender().name(),
                          harm.words(),
                          replay,
                          suffered.witness())));
    }
    return lines;
  }

  /** The same for programs. */
  public ObjectNode json() {
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("version", VERSION);
    ArrayNode rows = all.putArray("contenders");
    for (Standing standing : standings) {
      ObjectNode row = rows.addObject();
      row.put("name", standing.contender().name()).put("client", standing.contender().client());
      row.put("runs", standing.runs());
      ObjectNode harms = row.putObject("harms");
      standing
          .harms()
          .forEach(
              (harm, suffered) ->
                  harms
                      .putObject(StrictObject.idOf(harm))
                      .put("runs", suffered.runs())
                      .put("records", suffered.records())
                      .put("witness", suffered.witness()));
      ObjectNode others = row.putObject("other_anomalies");
      standing.others().forEach(others::put);
      row.put("crashes", standing.crashes());
      row.put("latency_p50_ms", standing.latencyMs(50));
      row.put("latency_p99_ms", standing.latencyMs(99));
      row.put("latency_max_ms", standing.latencyMs(100));
      row.put("acknowledged_per_second", standing.acknowledgedPerSecond());
      row.put("gap_median_ms", standing.medianGapMs());
      row.put("gap_worst_ms", standing.worstGapMs());
      row.put("unowned_median_ms", standing.medianUnownedMs());
      row.put("unowned_worst_ms", standing.worstUnownedMs());
      ArrayNode notAllowed = row.putArray("not_allowed");
      standing.notAllowed().forEach(notAllowed::add);
      ArrayNode silent = row.putArray("silent");
      standing.silent().forEach(silent::add);
    }
    return all;
  }
}
