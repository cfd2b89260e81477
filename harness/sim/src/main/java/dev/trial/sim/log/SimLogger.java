package dev.trial.sim.log;

import dev.trial.sim.kernel.Kernel;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that is on for WARN and ERROR only. */
final class SimLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  /** Kafka's threads log this before they swallow what they did not expect. */
  private static final String UNCAUGHT = "Uncaught error";

  SimLogger(String name) {
    this.name = name;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return false;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable error) {
    String text = MessageFormatter.basicArrayFormat(pattern, arguments);
    String line = error == null ? text : text + ": " + error;
    Kernel kernel = LogBinding.current();
    if (kernel != null) {
      kernel.clientLog(level.name(), name, line);
      if (line.contains(UNCAUGHT)) {
        kernel.oracle("uncaught-error", name + ": " + line);
      }
    } else if (level == Level.ERROR) {
      System.err.println(level + " " + name + " - " + line);
    }
  }
}
