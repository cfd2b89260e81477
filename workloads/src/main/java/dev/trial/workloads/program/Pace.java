package dev.trial.workloads.program;

import dev.trial.core.run.ClientContext;
import dev.trial.core.world.RandomStream;

/** How fast a program works: bursts at jittered intervals. */
final class Pace {
  private final ClientContext context;
  private final RandomStream random;
  private final long intervalMs;

  Pace(ClientContext context, long intervalMs) {
    this.context = context;
    this.random = context.random("pace");
    this.intervalMs = intervalMs;
  }

  /** Waits half to one and a half intervals. */
  void await() {
    if (intervalMs > 0) {
      context.sleep(Math.max(1, random.between(intervalMs / 2, intervalMs + intervalMs / 2)));
    }
  }
}
