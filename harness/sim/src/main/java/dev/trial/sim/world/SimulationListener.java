package dev.trial.sim.world;

/** What a simulation tells the run; called from inside it, at the moment it happens. */
public interface SimulationListener {

  /** The wire or a log proved something wrong. */
  default void oracle(String party, String oracle, String detail) {}

  /** A line of a client's log at WARN or above. */
  default void clientLog(String party, String level, String logger, String message) {}

  /** A line of a node's log. */
  default void hostLog(String machine, String line) {}

  /**
   * A strand of a client process was left by an exception. Without a listener that overrides this,
   * the run ends with it.
   */
  default void strandFailed(String process, String strand, Throwable failure) {
    throw new IllegalStateException(
        "strand " + strand + " of " + process + " was left by an exception", failure);
  }
}
