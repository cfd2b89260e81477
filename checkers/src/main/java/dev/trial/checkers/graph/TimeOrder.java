package dev.trial.checkers.graph;

import static dev.trial.checkers.graph.Dependency.PROCESS;
import static dev.trial.checkers.graph.Dependency.REALTIME;

/** What a cycle needs besides data dependencies. */
public enum TimeOrder {
  NONE("", 0),
  /** The order in which a process ran its transactions. */
  PROCESS_ORDER("-process", PROCESS.bit()),
  /** That one transaction was over before another began. */
  REAL_TIME("-realtime", PROCESS.bit() | REALTIME.bit());

  private final String suffix;
  private final int kinds;

  TimeOrder(String suffix, int kinds) {
    this.suffix = suffix;
    this.kinds = kinds;
  }

  /** To follow the name of a class. */
  public String suffix() {
    return suffix;
  }

  int kinds() {
    return kinds;
  }
}
