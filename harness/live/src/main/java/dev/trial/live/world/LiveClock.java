package dev.trial.live.world;

import dev.trial.core.world.Clock;

/**
 * Real time since the start of the run. All processes of a machine share the clock behind {@link
 * System#nanoTime} (CLOCK_MONOTONIC), so a child that is told the start reads the same time.
 */
public final class LiveClock implements Clock {
  private final long startNs;

  /** The run starts now. */
  public LiveClock() {
    this(System.nanoTime());
  }

  /** The run started when {@link System#nanoTime} was that, in this process or its parent. */
  public LiveClock(long startNs) {
    this.startNs = startNs;
  }

  /** {@link System#nanoTime} at the start of the run. */
  public long startNs() {
    return startNs;
  }

  @Override
  public long nanos() {
    return System.nanoTime() - startNs;
  }

  @Override
  public long epochMs() {
    return System.currentTimeMillis();
  }
}
