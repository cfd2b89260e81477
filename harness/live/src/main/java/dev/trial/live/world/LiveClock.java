package dev.trial.live.world;

import dev.trial.core.world.Clock;

/** Real time since the start of the run. */
public final class LiveClock implements Clock {
  private final long startNs = System.nanoTime();

  @Override
  public long nanos() {
    return System.nanoTime() - startNs;
  }

  @Override
  public long epochMs() {
    return System.currentTimeMillis();
  }
}
