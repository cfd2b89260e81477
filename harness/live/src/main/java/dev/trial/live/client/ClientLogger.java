package dev.trial.live.client;

import dev.trial.core.history.Action;
import dev.trial.core.history.Recorder;
import dev.trial.live.world.LiveClock;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes log lines of INFO and above, with the run's time, to the process's output. A Kafka thread
 * that swallows what it did not expect says so first: that goes to the history as an oracle.
 */
final class ClientLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;
  private static final String UNCAUGHT = "Uncaught error";

  private static volatile Bound bound;

  private record Bound(LaunchOrder order, Recorder recorder, LiveClock clock) {}

  ClientLogger(String name) {
    this.name = name;
  }

  /** From now on lines carry the run's time, and oracles are recorded. */
  static void bind(LaunchOrder order, Recorder recorder) {
    bound = new Bound(order, recorder, new LiveClock(order.runStartNs()));
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
    return true;
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
    Bound now = bound;
    System.err.println(
        (now == null ? "" : now.clock.millis() + " ") + level + " " + name + " - " + line);
    if (error != null) {
      error.printStackTrace();
    }
    if (now != null && line.contains(UNCAUGHT)) {
      now.recorder.fact(
          now.order.process(),
          new Action.Oracle("uncaught-error", now.order.client(), name + ": " + line));
    }
  }
}
