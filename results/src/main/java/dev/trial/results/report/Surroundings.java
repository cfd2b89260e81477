package dev.trial.results.report;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.Anomaly;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What else happened around the operations that prove an anomaly, and may explain it: faults that
 * were active at the first of them, and then, near any of them, faults that came and went and the
 * leaders that its partition got.
 */
final class Surroundings {
  private static final int SHOWN_MAX = 8;
  private static final long NEAR_NS = 5_000_000_000L;

  private final History history;

  /** Of the whole history, in order. */
  private final List<Operation> facts;

  Surroundings(History history) {
    this.history = history;
    facts = history.operations().stream().filter(Surroundings::tells).toList();
  }

  private static boolean tells(Operation operation) {
    return operation.action() instanceof Action.Nemesis
        || operation.action() instanceof Action.Leadership change
            && change.election() != Election.SAME;
  }

  /** The first of them, in order. */
  List<Operation> of(Anomaly anomaly) {
    List<Operation> proof =
        anomaly.operations().stream()
            .filter(index -> index < history.size())
            .map(history::at)
            .sorted(Comparator.comparingLong(Operation::index))
            .toList();
    if (proof.isEmpty()) {
      return List.of();
    }
    long first = proof.get(0).index();
    long last = proof.get(proof.size() - 1).index();
    List<Operation> around = new ArrayList<>(activeAt(first));
    for (Operation each : facts) {
      boolean during = each.index() > first && each.index() < last;
      if (during && concerns(each, anomaly.partition()) && near(each, proof)) {
        around.add(each);
      }
    }
    around.removeAll(proof);
    return around.subList(0, Math.min(SHOWN_MAX, around.size()));
  }

  private static boolean near(Operation fact, List<Operation> proof) {
    return proof.stream().anyMatch(each -> Math.abs(each.timeNs() - fact.timeNs()) <= NEAR_NS);
  }

  private static boolean concerns(Operation fact, PartitionId partition) {
    return !(fact.action() instanceof Action.Leadership change)
        || change.partition().equals(partition);
  }

  private List<Operation> activeAt(long index) {
    Map<ScheduledFault, Operation> active = new LinkedHashMap<>();
    for (Operation each : facts) {
      if (each.index() < index && each.action() instanceof Action.Nemesis fault) {
        switch (fault.edge()) {
          case BEGIN -> active.put(fault.fault(), each);
          case END -> active.remove(fault.fault());
        }
      }
    }
    return List.copyOf(active.values());
  }
}
