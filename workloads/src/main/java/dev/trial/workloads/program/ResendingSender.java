package dev.trial.workloads.program;

import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientProgram;
import dev.trial.core.run.Parameters;
import dev.trial.workloads.program.RecordedProducer.Order;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * An application that sends a business value again when it does not know what became of it: after
 * an error, and after a restart for all that was due in the last {@code window} values. Idempotence
 * holds per producer session (KIP-98), so the second send is a new record to the broker.
 *
 * <p>Value n is due {@code n * interval-ms} after the start of the run, which makes the values a
 * restarted process repeats the same without any memory. Parameters beside those of {@link
 * OrderBook}: {@code interval-ms} (20), {@code window} (100), {@code resend-errors} (true), {@code
 * values} (as {@link ChosenValues} says), and those of {@link Sender} for flush and close.
 */
public final class ResendingSender implements ClientProgram {

  @Override
  public void run(ClientContext context) {
    drive(context, RecordedProducer.open(context));
  }

  static void drive(ClientContext context, RecordedProducer producer) {
    Parameters parameters = context.parameters();
    long intervalMs = parameters.number("interval-ms", 20);
    OrderBook orders = new OrderBook(context, false);
    ChosenValues chosen = new ChosenValues(parameters);
    Backlog backlog = new Backlog();
    Consumer<Order> unknown = parameters.flag("resend-errors", true) ? backlog::add : order -> {};
    long next = due(context, intervalMs) - (restarted(context) ? window(parameters) : 0);
    next = Math.max(0, next);
    while (!Sender.over(context)) {
      for (int waiting = backlog.size(); waiting > 0; waiting--) {
        producer.send(backlog.poll(), unknown);
      }
      for (; next <= due(context, intervalMs); next++) {
        Order due = orders.at(next);
        if (chosen.has(due.value())) {
          producer.send(due, unknown);
        }
      }
      context.sleep(intervalMs);
    }
    Sender.finish(context, producer);
  }

  private static boolean restarted(ClientContext context) {
    return context.incarnation() > 0;
  }

  private static long window(Parameters parameters) {
    return parameters.number("window", 100);
  }

  private static long due(ClientContext context, long intervalMs) {
    return context.clock().millis() / intervalMs;
  }

  /** Orders to send again; callbacks add, the program's loop takes. */
  private static final class Backlog {
    private final ArrayDeque<Order> orders = new ArrayDeque<>();

    synchronized void add(Order order) {
      orders.addLast(order);
    }

    synchronized int size() {
      return orders.size();
    }

    synchronized Order poll() {
      return orders.pollFirst();
    }
  }
}
