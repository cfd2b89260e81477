package dev.trial.sim.log;

import dev.trial.core.log.LineLogger;
import dev.trial.sim.kernel.Kernel;
import org.slf4j.event.Level;

/** A logger that is on for WARN and ERROR only. */
final class SimLogger extends LineLogger {
  private static final long serialVersionUID = 1L;

  SimLogger(String name) {
    super(name, Level.WARN);
  }

  @Override
  protected void line(Level level, String line, Throwable error) {
    Kernel kernel = LogBinding.current();
    if (kernel != null) {
      kernel.clientLog(level.name(), name, line);
      if (uncaught(line)) {
        kernel.oracle("uncaught-error", name + ": " + line);
      }
    } else if (level == Level.ERROR) {
      System.err.println(level + " " + name + " - " + line);
    }
  }
}
