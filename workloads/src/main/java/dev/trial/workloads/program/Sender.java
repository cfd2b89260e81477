package dev.trial.workloads.program;

import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientProgram;
import dev.trial.core.run.Parameters;
import dev.trial.workloads.program.RecordedProducer.Order;

/**
 * Sends at a pace until told to stop, then flushes and closes.
 *
 * <p>Parameters beside those of {@link OrderBook}: {@code interval-ms} (20), {@code burst} (1) to
 * {@code burst-max} (as burst) records per interval, {@code limit} records in all (0: none), {@code
 * values} (as {@link ChosenValues} says), {@code flush-ms} (20000) and {@code close-ms} (20000),
 * the longest that flush and close may take, {@code flush} (true; false closes straight away).
 */
public final class Sender implements ClientProgram {

  @Override
  public void run(ClientContext context) {
    drive(context, RecordedProducer.open(context));
  }

  static void drive(ClientContext context, RecordedProducer producer) {
    Parameters parameters = context.parameters();
    OrderBook orders = new OrderBook(context, true);
    ChosenValues chosen = new ChosenValues(parameters);
    Pace pace = new Pace(context, 20);
    long limit = parameters.number("limit", 0);
    long n = 0;
    while (!over(context) && (limit == 0 || n < limit)) {
      for (long left = pace.burst(); left > 0 && !over(context); left--) {
        Order next = orders.at(n++);
        if (chosen.has(next.value())) {
          producer.send(next, order -> {});
        }
      }
      pace.await();
    }
    finish(context, producer);
  }

  /** Flushes and closes within the bounds that the parameters set. */
  static void finish(ClientContext context, RecordedProducer producer) {
    Parameters parameters = context.parameters();
    if (parameters.flag("flush", true)) {
      producer.flush(parameters.number("flush-ms", 20_000));
    }
    producer.close(parameters.number("close-ms", 20_000));
  }

  static boolean over(ClientContext context) {
    return context.stopping() || context.closing();
  }
}
