package dev.trial.live.client;

import dev.trial.core.history.Action;
import dev.trial.core.history.Recorder;
import dev.trial.core.log.LineLogger;
import dev.trial.live.world.LiveClock;
import org.slf4j.event.Level;

/**
 * Writes log lines of INFO and above, with the run's time, to the process's output. A Kafka thread
 * that swallows what it did not expect says so first: that goes to the history as an oracle.
 */
final class ClientLogger extends LineLogger {
  private static final long serialVersionUID = 1L;

  private static volatile Bound bound;

  private record Bound(LaunchOrder order, Recorder recorder, LiveClock clock) {}

  ClientLogger(String name) {
    super(name, Level.INFO);
  }

  /** From now on lines carry the run's time, and oracles are recorded. */
  static void bind(LaunchOrder order, Recorder recorder) {
    bound = new Bound(order, recorder, new LiveClock(order.runStartNs()));
  }

  @Override
  protected void line(Level level, String line, Throwable error) {
    Bound now = bound;
    System.err.println(
        (now == null ? "" : now.clock.millis() + " ") + level + " " + name + " - " + line);
    if (error != null) {
      error.printStackTrace();
    }
    if (now != null && uncaught(line)) {
      now.recorder.fact(
          now.order.process(),
          new Action.Oracle("uncaught-error", now.order.client(), name + ": " + line));
    }
  }
}
