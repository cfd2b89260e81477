package dev.trial.engine.compare;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long partitions of groups had no owner in the load phase of a run, from the end of one
 * owner's hold (it was revoked or lost, or its process ended) to the next assignment. For a member
 * that died that is its session timeout and the rebalance.
 */
final class Handovers {
  private final Map<Owned, Set<Integer>> holders = new HashMap<>();
  private final Map<Owned, Long> releasedNs = new HashMap<>();
  private final List<Long> unownedMs = new ArrayList<>();
  private boolean load;

  private Handovers() {}

  private record Owned(String group, PartitionId partition) {}

  /** The times, in milliseconds, in the order in which they ended. */
  static List<Long> unownedMs(History history) {
    Handovers handovers = new Handovers();
    history.operations().forEach(handovers::see);
    return List.copyOf(handovers.unownedMs);
  }

  private void see(Operation operation) {
    Action action = operation.action();
    if (action instanceof Action.Phase phase) {
      load = phase.phase() == Action.Phase.Name.LOAD;
    } else if (action instanceof Action.Rebalance rebalance) {
      for (PartitionId partition : rebalance.partitions()) {
        change(new Owned(rebalance.group(), partition), rebalance.change(), operation);
      }
    } else if (action instanceof Action.End) {
      holders.forEach((owned, processes) -> release(owned, operation));
    }
  }

  private void change(Owned owned, Change change, Operation operation) {
    if (change == Change.ASSIGNED) {
      assign(owned, operation);
    } else if (holders.containsKey(owned)) {
      release(owned, operation);
    }
  }

  private void assign(Owned owned, Operation operation) {
    Long since = releasedNs.remove(owned);
    if (load && since != null) {
      unownedMs.add((operation.timeNs() - since) / 1_000_000);
    }
    holders.computeIfAbsent(owned, none -> new HashSet<>()).add(operation.process());
  }

  private void release(Owned owned, Operation operation) {
    Set<Integer> processes = holders.get(owned);
    if (processes.remove(operation.process()) && processes.isEmpty() && load) {
      releasedNs.put(owned, operation.timeNs());
    }
  }
}
