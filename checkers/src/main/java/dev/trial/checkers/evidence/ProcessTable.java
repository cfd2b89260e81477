package dev.trial.checkers.evidence;

import dev.trial.core.history.Action.Start;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Processes by their id. Ids are counted up, so most are found in an array. One that never started
 * gets a fact of its own when somebody asks for it; once all is read, asking changes nothing.
 */
final class ProcessTable {
  private static final int NEAR_MAX = 1 << 12;

  private final TreeMap<Integer, ProcessFact> inOrder = new TreeMap<>();
  private ProcessFact[] near = new ProcessFact[16];
  private boolean frozen;

  ProcessFact get(int id) {
    ProcessFact known = known(id);
    if (known != null || frozen) {
      return known != null ? known : stranger(id);
    }
    ProcessFact stranger = stranger(id);
    put(stranger);
    return stranger;
  }

  private ProcessFact known(int id) {
    return id >= 0 && id < near.length ? near[id] : inOrder.get(id);
  }

  void put(ProcessFact process) {
    inOrder.put(process.id, process);
    if (process.id >= near.length && process.id < NEAR_MAX) {
      int from = near.length;
      near = Arrays.copyOf(near, Math.max(process.id + 1, from * 2));
      inOrder.subMap(from, near.length).forEach((id, fact) -> near[id] = fact);
    }
    if (process.id >= 0 && process.id < near.length) {
      near[process.id] = process;
    }
  }

  /** All is read. */
  void freeze() {
    frozen = true;
  }

  /** In order of their ids. */
  Collection<ProcessFact> all() {
    return inOrder.values();
  }

  private static ProcessFact stranger(int id) {
    return new ProcessFact(id, Integer.toString(id), Start.Kind.CONSUMER, Map.of(), 0);
  }
}
