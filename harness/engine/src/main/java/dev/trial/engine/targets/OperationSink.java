package dev.trial.engine.targets;

import dev.trial.core.history.Operation;

/** Takes each operation of a run as it is recorded. */
@FunctionalInterface
public interface OperationSink {

  /**
   * Takes the next operation.
   *
   * @return a checksum of the operation as it stands in the history file
   */
  long add(Operation operation);
}
