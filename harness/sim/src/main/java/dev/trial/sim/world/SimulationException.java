package dev.trial.sim.world;

/** The simulation itself can't go on: deadlock, stuck clock, a node's bug, a pinned strand. */
public final class SimulationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SimulationException(String message) {
    super(message);
  }

  public SimulationException(String message, Throwable cause) {
    super(message, cause);
  }
}
