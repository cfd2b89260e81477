package dev.trial.app.bench;

import dev.trial.sim.world.Simulation;

/** What figures were made on. */
public final class Machine {
  private Machine() {}

  /** Its cores, and the JDK. */
  public static String name() {
    return Runtime.getRuntime().availableProcessors()
        + " cores, JDK "
        + System.getProperty("java.runtime.version");
  }

  /** What client threads run on. */
  public static String strands() {
    return Simulation.continuations() ? "continuations" : "platform threads";
  }
}
