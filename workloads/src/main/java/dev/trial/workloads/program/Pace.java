package dev.trial.workloads.program;

import dev.trial.core.run.ClientContext;
import dev.trial.core.run.Parameters;
import dev.trial.core.world.RandomStream;

/** How fast a program works: bursts of so many records at jittered intervals. */
final class Pace {
  private final ClientContext context;
  private final RandomStream random;
  private final long intervalMs;
  private final long burst;
  private final long burstMax;

  /** As the parameters say, with that interval where they say nothing of it. */
  Pace(ClientContext context, long intervalMs) {
    Parameters parameters = context.parameters();
    this.context = context;
    this.random = context.random("pace");
    this.intervalMs = parameters.number("interval-ms", intervalMs);
    this.burst = parameters.number("burst", 1);
    this.burstMax = parameters.number("burst-max", burst);
  }

  /** How many records the next burst has. */
  long burst() {
    return burstMax > burst ? random.between(burst, burstMax) : burst;
  }

  /** Waits half to one and a half intervals. */
  void await() {
    if (intervalMs > 0) {
      context.sleep(Math.max(1, random.between(intervalMs / 2, intervalMs + intervalMs / 2)));
    }
  }
}
