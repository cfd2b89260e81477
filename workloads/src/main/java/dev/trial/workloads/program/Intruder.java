package dev.trial.workloads.program;

import dev.trial.core.history.Action.Note;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.run.ClientContext;
import java.util.ConcurrentModificationException;

/**
 * A second thread that uses a consumer while its owner polls. The consumer must refuse it with a
 * ConcurrentModificationException (KafkaConsumer's documentation, "Multi-threaded Processing").
 */
final class Intruder {
  private static final long LOOK_MS = 20;

  private final ClientContext context;
  private final RecordedConsumer consumer;
  private volatile long polling;
  private volatile boolean over;
  private boolean told;

  Intruder(ClientContext context, RecordedConsumer consumer) {
    this.context = context;
    this.consumer = consumer;
  }

  void start() {
    context.spawn("intruder", this::loop);
  }

  void end() {
    over = true;
  }

  /** The owner is about to poll for the n-th time, from 1; 0 when it has returned. */
  void polling(long n) {
    polling = n;
  }

  private void loop() {
    while (!over) {
      long poll = polling;
      context.sleep(LOOK_MS);
      // The owner came in before this thread slept, and is in there still after its call.
      if (poll > 0 && poll == polling && letIn() && poll == polling) {
        String call = "assignment() of another thread was let in during a poll";
        context
            .recorder()
            .fact(context.process(), new Oracle("shared-consumer", context.client(), call));
      }
    }
  }

  private boolean letIn() {
    try {
      consumer.touch();
      return true;
    } catch (ConcurrentModificationException refused) {
      if (!told) {
        told = true;
        context
            .recorder()
            .fact(context.process(), new Note("an intruder was refused: " + refused.getMessage()));
      }
      return false;
    }
  }
}
