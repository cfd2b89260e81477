package dev.trial.sim.kernel;

/**
 * Unwinds a strand whose simulation is over, so that its thread can end. Code that catches every
 * Throwable must let this one through.
 */
public final class StrandEnd extends Error {
  private static final long serialVersionUID = 1L;

  public StrandEnd() {
    super("the simulation is over", null, false, false);
  }
}
