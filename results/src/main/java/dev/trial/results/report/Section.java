package dev.trial.results.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.history.Operation;

/** One part of the report's data, built in a single pass over the history. */
interface Section {

  /** Sees the next operation. */
  void see(Operation operation);

  /** Writes what was seen; called once, after the last operation. */
  void describe(ObjectNode report);
}
