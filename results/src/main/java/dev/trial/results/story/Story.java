package dev.trial.results.story;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run as one tells it: what went wrong, at which second of the load, and for how long. One line a
 * fault, in order of time.
 */
public final class Story {
  private static final double NS_PER_SECOND = 1e9;

  private Story() {}

  /** Of a run that was held: with the names of those whom each fault hit. */
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
        lines.add(line(nemesis, (operation.timeNs() - loadNs) / NS_PER_SECOND));
      }
    }
    return lines;
  }

  private static String line(Action.Nemesis nemesis, double atSeconds) {
    return String.format(Locale.ROOT, "at %.1f s %s", atSeconds, clause(nemesis));
  }

  /** What a fault does to whom, and for how long: a clause without capital and full stop. */
  public static String clause(Action.Nemesis nemesis) {
    ScheduledFault fault = nemesis.fault();
    return FaultSentence.of(fault.fault(), RoleWords.of(fault.whom(), nemesis.hit()))
        + (fault.lengthMs() == 0 ? "" : ", for " + FaultSentence.seconds(fault.lengthMs()))
        + (nemesis.error() == null ? "" : ": " + nemesis.error());
  }
}
