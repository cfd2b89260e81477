package dev.trial.live.machine;

import dev.trial.core.world.DiskException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Connections of a process whose output waits for a flush. A flush that fails ends the process, as
 * a failed log directory ends a broker that has no other one (LogDirFailureChannel).
 */
final class HeldOutput {
  private final Flushes flushes;
  private Set<LiveConnection> waiting = new LinkedHashSet<>();

  HeldOutput(EventLoop loop, Flushes flushes) {
    this.flushes = flushes;
    flushes.listen(failure -> loop.submit(() -> ended(failure)));
  }

  /** What is sent now waits for so many flushes. */
  long now() {
    return flushes.begun();
  }

  /** True if output that waits for so many flushes has to wait still; sent when it may go. */
  boolean holds(LiveConnection connection, long count) {
    if (flushes.ended(count)) {
      return false;
    }
    waiting.add(connection);
    return true;
  }

  private void ended(DiskException failure) {
    if (failure != null) {
      throw failure;
    }
    Set<LiveConnection> woken = waiting;
    waiting = new LinkedHashSet<>();
    woken.forEach(LiveConnection::send);
  }
}
