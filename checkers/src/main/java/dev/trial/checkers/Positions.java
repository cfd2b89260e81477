package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Rebalance;
import dev.trial.core.history.Action.Seek;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.Arrays;

/**
 * Where each process is in each partition: the row of what it was given last, until something moves
 * it on purpose.
 */
final class Positions {

  /** The answer where nothing was given since. */
  static final int NONE = -1;

  private final Evidence evidence;

  /** By process: the row + 1 by the partition's number, 0 for none. Never iterated. */
  private final Int2ObjectOpenHashMap<int[]> processes = new Int2ObjectOpenHashMap<>();

  Positions(Evidence evidence) {
    this.evidence = evidence;
  }

  /** The process is given that row; returns the one before. */
  int give(int process, int partition, int row) {
    int[] rows = rows(process);
    int before = rows[partition] - 1;
    rows[partition] = row + 1;
    return before;
  }

  /** The row that a process was given last. */
  int last(int process, PartitionId partition) {
    int number = evidence.numberOf(partition);
    return number < 0 ? NONE : rows(process)[number] - 1;
  }

  /** One of {@link Evidence#moves}. */
  void move(Operation operation) {
    Action action = operation.action();
    if (action instanceof Rebalance rebalance) {
      rebalance.partitions().forEach(each -> forget(operation.process(), each));
    } else if (action instanceof Seek seek) {
      forget(operation.process(), seek.partition());
    } else {
      Arrays.fill(rows(operation.process()), 0);
    }
  }

  private void forget(int process, PartitionId partition) {
    int number = evidence.numberOf(partition);
    if (number >= 0) {
      rows(process)[number] = 0;
    }
  }

  private int[] rows(int process) {
    int[] known = processes.get(process);
    if (known == null) {
      known = new int[evidence.logs().size()];
      processes.put(process, known);
    }
    return known;
  }
}
