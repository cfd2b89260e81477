package dev.trial.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import java.util.ArrayList;
import java.util.List;

/** When the run entered each phase, and when it ended. */
final class PhaseSection implements Section {
  private final List<Operation> phases = new ArrayList<>();
  private long endNs;

  @Override
  public void see(Operation operation) {
    endNs = operation.timeNs();
    if (operation.action() instanceof Action.Phase) {
      phases.add(operation);
    }
  }

  @Override
  public void describe(ObjectNode report) {
    ArrayNode list = report.putArray("phases");
    for (Operation phase : phases) {
      ObjectNode node = list.addObject();
      node.put(
          "name",
          ((Action.Phase) phase.action()).phase().name().toLowerCase(java.util.Locale.ROOT));
      node.put("t", Times.seconds(phase.timeNs()));
    }
    report.put("end", Times.seconds(endNs));
  }
}
