package dev.trial.engine.campaign;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action.Nemesis;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Faults of a schedule that did nothing in a run: their role stood for nobody, whom it stood for
 * cannot be hit that way, or the load was over before. Whoever wrote them meant something else.
 */
final class MissedFaults {
  private static final String STATISTIC = "faults-that-hit-nobody";

  private MissedFaults() {}

  /** A sentence for each, in the order of the schedule. */
  static List<String> of(List<ScheduledFault> schedule, History history) {
    Map<ScheduledFault, Nemesis> begun = begun(history);
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < schedule.size(); i++) {
      ScheduledFault fault = schedule.get(i);
      Nemesis begin = begun.get(fault);
      if (begin == null) {
        missed.add(told(i, fault) + ": the load was over before it began");
      } else if (begin.hit().isEmpty()) {
        missed.add(told(i, fault) + (begin.error() == null ? "" : ": " + begin.error()));
      }
    }
    return missed;
  }

  private static Map<ScheduledFault, Nemesis> begun(History history) {
    Map<ScheduledFault, Nemesis> begun = new HashMap<>();
    for (Operation operation : history.operations()) {
      if (operation.action() instanceof Nemesis fault && fault.edge() == Nemesis.Edge.BEGIN) {
        begun.put(fault.fault(), fault);
      }
    }
    return begun;
  }

  private static String told(int index, ScheduledFault fault) {
    return "fault "
        + (index + 1)
        + " ("
        + fault.fault().kind().id()
        + " at "
        + fault.atMs()
        + " ms) hit nobody";
  }

  /** Statistics, with how many there are where there are any. */
  static Map<String, Long> counted(List<String> missed, Map<String, Long> statistics) {
    Map<String, Long> all = new TreeMap<>(statistics);
    if (!missed.isEmpty()) {
      all.put(STATISTIC, (long) missed.size());
    }
    return all;
  }
}
