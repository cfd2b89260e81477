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
  private static final int LET_IN_TOO_OFTEN = 10;

  private final ClientContext context;
  private final RecordedConsumer consumer;
  private volatile long polling;
  private volatile boolean over;
  private boolean refused;

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
    int letIn = 0;
    while (!over) {
      long poll = polling;
      context.sleep(LOOK_MS);
      // The owner came in before this thread slept, and is in there still after its call.
      if (poll > 0 && poll == polling && letIn() && poll == polling) {
        tell(++letIn);
      }
    }
  }

  /** Once may be chance: the owner was out already and had not said so yet. */
  private void tell(int letIn) {
    if (letIn == LET_IN_TOO_OFTEN && !refused) {
      String call =
          "assignment() of another thread was let in "
              + letIn
              + " times during polls, and never"
              + " refused";
      context
          .recorder()
          .fact(context.process(), new Oracle("shared-consumer", context.client(), call));
    }
  }

  private boolean letIn() {
    try {
      consumer.touch();
      return true;
    } catch (ConcurrentModificationException refusal) {
      if (!refused) {
        refused = true;
        String note = "an intruder was refused: " + refusal.getMessage();
        context.recorder().fact(context.process(), new Note(note));
      }
      return false;
    }
  }
}
