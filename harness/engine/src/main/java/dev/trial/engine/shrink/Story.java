package dev.trial.engine.shrink;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.results.report.FaultText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run as one tells it: which fault hit whom when, in seconds since the load began. */
public final class Story {
  private static final double NS_PER_SECOND = 1e9;
  private static final double MS_PER_SECOND = 1e3;

  private Story() {}

  /** One line a fault, in order of time. */
  public static List<String> of(History history) {
    List<String> lines = new ArrayList<>();
    long loadNs = 0;
    for (Operation operation : history.operations()) {
      if (operation.action() instanceof Action.Phase phase
          && phase.phase() == Action.Phase.Name.LOAD) {
        loadNs = operation.timeNs();
      }
      if (operation.action() instanceof Action.Nemesis nemesis
          && nemesis.edge() == Action.Nemesis.Edge.BEGIN) {
        lines.add(line(nemesis, operation.timeNs() - loadNs));
      }
    }
    return lines;
  }

  private static String line(Action.Nemesis nemesis, long sinceLoadNs) {
    ScheduledFault fault = nemesis.fault();
    String hit = nemesis.hit().isEmpty() ? "hits nobody" : String.join(", ", nemesis.hit());
    String length =
        fault.lengthMs() == 0 ? "" : ", for " + seconds(fault.lengthMs() / MS_PER_SECOND) + " s";
    return String.format(
        Locale.ROOT,
        "%6.1f s  %s: %s (%s)%s",
        sinceLoadNs / NS_PER_SECOND,
        FaultText.of(fault.fault()),
        FaultText.of(fault.whom()),
        hit,
        length);
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
