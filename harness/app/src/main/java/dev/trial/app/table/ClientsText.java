package dev.trial.app.table;

import dev.trial.app.table.FittingTable.Column;
import dev.trial.app.table.FittingTable.Kind;
import dev.trial.engine.byclient.ClaimRow;
import dev.trial.engine.byclient.ClientTable;
import dev.trial.engine.byclient.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Claims by release of the clients, as text: what differs, and what does not. */
public final class ClientsText {
  private final ClientTable table;
  private final String newest;

  /** The text of a table that has a release at least. */
  public ClientsText(ClientTable table) {
    this.table = table;
    this.newest = table.clients().get(table.clients().size() - 1);
  }

  /** For a terminal of so many columns. */
  public List<String> lines(int terminal) {
    List<List<String>> rows = new ArrayList<>();
    for (ClaimRow row : table.different()) {
      for (Difference each : row.differences()) {
        rows.add(List.of(row.about().toString(), each.range(), told(each)));
      }
    }
    List<String> lines = new ArrayList<>();
    if (!rows.isEmpty()) {
      List<Column> columns =
          List.of(
              new Column("claim", Kind.WORD, 0),
              new Column("clients", Kind.WORD, 0),
              new Column("otherwise than with " + newest, Kind.TEXT, 0));
      lines.addAll(FittingTable.lines(columns, rows, terminal));
      lines.add("");
    }
    alike().forEach((said, claims) -> lines.add(said + " with all: " + claims.size()));
    lines.add(counted());
    return lines;
  }

  /** {@code docs/clients-by-version.md}. */
  public List<String> page(String command) {
    List<String> lines = new ArrayList<>();
    lines.add("# Claims by client version");
    lines.add("");
    lines.add(
        "Which claims come out otherwise with an older kafka-clients than with "
            + newest
            + ", in simulation. "
            + counted()
            + " A row for each difference; `"
            + command
            + "` makes this page.");
    lines.add("");
    lines.add("| claim | with " + newest + " | clients | otherwise |");
    lines.add("|---|---|---|---|");
    for (ClaimRow row : table.different()) {
      for (Difference each : row.differences()) {
        lines.add(
            "| "
                + String.join(
                    " | ",
                    row.about().toString(),
                    row.newest().said(),
                    each.range(),
                    told(each).replace("|", "\\|"))
                + " |");
      }
    }
    lines.add("");
    lines.add("The bugs by their issue are in [client-bugs.md](client-bugs.md).");
    alike()
        .forEach(
            (said, claims) -> {
              lines.add("");
              lines.add(
                  "## "
                      + said.substring(0, 1).toUpperCase(Locale.ROOT)
                      + said.substring(1)
                      + " with all");
              lines.add("");
              lines.add(String.join(", ", claims) + ".");
            });
    return lines;
  }

  private static String told(Difference difference) {
    return difference.reason() == null
        ? difference.said()
        : difference.said() + ": " + difference.reason();
  }

  private String counted() {
    return table.runs()
        + " runs with "
        + table.clients().size()
        + " releases ("
        + String.join(", ", table.clients())
        + ").";
  }

  private SortedMap<String, List<String>> alike() {
    return table.alike().stream()
        .collect(
            Collectors.groupingBy(
                row -> row.newest().said(),
                TreeMap::new,
                Collectors.mapping(row -> row.about().toString(), Collectors.toList())));
  }
}
