package dev.trial.workloads.program;

import dev.trial.core.history.Delivered;
import dev.trial.core.run.ClientContext;
import java.util.ArrayDeque;

/** Worker threads that take records from a queue: what a crash finds in the queue is lost. */
final class Workers {
  private static final long IDLE_MS = 20;

  private final ClientContext context;
  private final Work work;
  private final ArrayDeque<Delivered> queue = new ArrayDeque<>();
  private int busy;
  private boolean ended;

  /** What a worker does with a record. */
  interface Work {
    void on(int worker, Delivered record);
  }

  Workers(ClientContext context, int threads, Work work) {
    this.context = context;
    this.work = work;
    for (int i = 0; i < threads; i++) {
      int worker = i;
      context.spawn("worker-" + i, () -> loop(worker));
    }
  }

  synchronized void add(Delivered record) {
    queue.addLast(record);
  }

  /** Waits until all work is done, at most {@code timeoutMs}; then the threads end. */
  void drain(long timeoutMs) {
    long deadlineMs = context.clock().millis() + timeoutMs;
    while (unfinished() && context.clock().millis() < deadlineMs) {
      context.sleep(IDLE_MS);
    }
    end();
  }

  private void loop(int worker) {
    while (!over()) {
      Delivered record = take();
      if (record == null) {
        context.sleep(IDLE_MS);
      } else {
        work.on(worker, record);
        done();
      }
    }
  }

  private synchronized Delivered take() {
    Delivered record = queue.pollFirst();
    if (record != null) {
      busy++;
    }
    return record;
  }

  private synchronized void done() {
    busy--;
  }

  private synchronized boolean unfinished() {
    return busy > 0 || !queue.isEmpty();
  }

  private synchronized void end() {
    ended = true;
  }

  private synchronized boolean over() {
    return ended;
  }
}
