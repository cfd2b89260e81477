package dev.trial.core.history;

import java.util.List;

/** A whole history, in order; {@code operations.get(i).index() == i}. */
public record History(List<Operation> operations) {

  public History {
    operations = List.copyOf(operations);
  }

  /** The operation of that index. */
  public Operation at(long index) {
    return operations.get((int) index);
  }

  /** How many operations there are. */
  public int size() {
    return operations.size();
  }
}
