package dev.trial.workloads.program;

import dev.trial.core.run.ClientContext;
import dev.trial.core.run.Parameters;

/** How long work on a record takes, from a program's parameters. */
final class Stalls {
  private final ClientContext context;
  private final long processMs;
  private final long firstWorkerMs;
  private final long stallEvery;
  private final long stallMs;
  private long records;

  Stalls(ClientContext context) {
    Parameters parameters = context.parameters();
    this.context = context;
    this.processMs = parameters.number("process-ms", 0);
    this.firstWorkerMs = parameters.number("first-worker-ms", processMs);
    this.stallEvery = parameters.number("stall-every", 0);
    this.stallMs = parameters.number("stall-ms", 0);
  }

  /** The time a worker takes for one record. */
  void work(int worker) {
    long ms = worker == 0 ? firstWorkerMs : processMs;
    if (stallEvery > 0 && ++records % stallEvery == 0) {
      ms += stallMs;
    }
    if (ms > 0) {
      context.sleep(ms);
    }
  }
}
