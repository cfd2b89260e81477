package dev.trial.sim.log;

import dev.trial.core.log.LogProvider;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** The SLF4J provider of this project; found by the service loader. */
public final class SimLogProvider extends LogProvider {
  /** What Testcontainers logs as an error it throws as well, and that is told in one line. */
  private static final List<String> CONTAINERS =
      List.of("tc.", "org.testcontainers.", "com.github.dockerjava.");

  public SimLogProvider() {
    super(SimLogProvider::logger);
  }

  private static Logger logger(String name) {
    return CONTAINERS.stream().anyMatch(name::startsWith)
        ? NOPLogger.NOP_LOGGER
        : new SimLogger(name);
  }
}
