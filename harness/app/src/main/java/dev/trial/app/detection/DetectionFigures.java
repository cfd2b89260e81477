package dev.trial.app.detection;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.app.bench.Machine;
import dev.trial.app.bench.Spread;
import dev.trial.app.table.FittingTable;
import dev.trial.app.table.FittingTable.Column;
import dev.trial.app.table.FittingTable.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How soon defects are seen.
 *
 * @param machine cores and JDK
 * @param warmUp what went before
 */
public record DetectionFigures(
    String machine, String strands, String warmUp, List<Detection> detections) {

  /** The form of what {@code trial bench --detection --json} prints. */
  static final int VERSION = 1;

  private static final Comparator<Detection> SLOWEST_FIRST =
      Comparator.<Detection>comparingDouble(each -> each.processorS().median()).reversed();

  private static final List<Column> COLUMNS =
      List.of(
          new Column("defect", Kind.WORD, 0),
          new Column("claim", Kind.WORD, 0),
          new Column("runs", Kind.NUMBER, 0),
          new Column("processor s", Kind.NUMBER, 0),
          new Column("at most", Kind.NUMBER, 0),
          new Column("seen", Kind.WORD, 0));

  static DetectionFigures of(List<Detection> detections, String warmUp) {
    return new DetectionFigures(
        Machine.name(),
        Machine.strands(),
        warmUp,
        detections.stream().sorted(SLOWEST_FIRST).toList());
  }

  /** True if each was seen, whatever the first seed. */
  public boolean allSeen() {
    return detections.stream().allMatch(Detection::seen);
  }

  /**
   * For people.
   *
   * @param columns of the terminal
   */
  public List<String> lines(int columns) {
    List<String> lines = new ArrayList<>();
    lines.add("machine    " + machine + ", client threads are " + strands);
    lines.add("before     " + warmUp);
    int starts = detections.get(0).sights().size();
    lines.add("method     one run at a time; medians of " + starts + " first seeds a defect");
    lines.addAll(
        FittingTable.lines(COLUMNS, detections.stream().map(Detection::row).toList(), columns));
    lines.add(summary());
    return lines;
  }

  private String summary() {
    Spread medians = Spread.of(detections, each -> each.processorS().median());
    Spread worst = Spread.of(detections, each -> each.processorS().greatest());
    return String.format(
        Locale.ROOT,
        "%d defects, seen after %.1f s of processor time in the median; the slowest in the median"
            + " %.1f s, at most %.1f s",
        detections.size(),
        medians.median(),
        medians.greatest(),
        worst.greatest());
  }

  /** For programs. */
  public String json() {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("version", VERSION).put("machine", machine).put("strands", strands);
    node.put("warm_up", warmUp);
    ArrayNode each = node.putArray("defects");
    detections.forEach(detection -> each.add(detection.json()));
    return node.toString();
  }
}
