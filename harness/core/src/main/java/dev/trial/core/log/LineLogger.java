package dev.trial.core.log;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * A logger that hands on whole lines from a level upwards; below it, a call costs next to nothing.
 */
public abstract class LineLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  /** Kafka's threads log this before they swallow what they did not expect. */
  private static final String UNCAUGHT = "Uncaught error";

  private final Level least;

  protected LineLogger(String name, Level least) {
    this.name = name;
    this.least = least;
  }

  /** Takes a line; {@code error} is null, or what the line ends with. */
  protected abstract void line(Level level, String line, Throwable error);

  /** True if a thread of the client tells in this line that it met what it did not expect. */
  protected static boolean uncaught(String line) {
    return line.contains(UNCAUGHT);
  }

  private boolean on(Level level) {
    return level.toInt() >= least.toInt();
  }

  @Override
  public boolean isTraceEnabled() {
    return on(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return on(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return on(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return on(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return on(Level.ERROR);
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable error) {
    String text = MessageFormatter.basicArrayFormat(pattern, arguments);
    line(level, error == null ? text : text + ": " + error, error);
  }
}
