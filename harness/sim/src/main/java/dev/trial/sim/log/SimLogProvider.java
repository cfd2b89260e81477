package dev.trial.sim.log;

import dev.trial.core.log.LogProvider;

/** The SLF4J provider of this project; found by the service loader. */
public final class SimLogProvider extends LogProvider {

  public SimLogProvider() {
    super(SimLogger::new);
  }
}
