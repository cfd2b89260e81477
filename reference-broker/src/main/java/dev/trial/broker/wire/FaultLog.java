package dev.trial.broker.wire;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Faults of handlers, each kind told once: the same request may come again and again. */
final class FaultLog {

  /** Begins the line of the node's log that tells of a fault. */
  static final String PREFIX = "a handler failed: ";

  private static final String OWN = "dev.trial.broker.";

  private final Consumer<String> log;
  private final FaultListener listener;
  private final Set<String> told = new TreeSet<>();

  FaultLog(Consumer<String> log, FaultListener listener) {
    this.log = log;
    this.listener = listener;
  }

  void tell(RequestContext context, Throwable fault) {
    String kind = context.api().name + " " + fault.getClass().getName();
    StackTraceElement[] stack = fault.getStackTrace();
    // The JVM leaves the stack out of an exception that one place has thrown very often.
    boolean hot = stack.length == 0 && told.contains(kind);
    String place = place(stack);
    if (hot || !told.add(kind + place)) {
      return;
    }
    told.add(kind);
    String what = context.api().name + " version " + context.version() + ": " + fault + place;
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    log.accept(PREFIX + what + System.lineSeparator() + trace);
    listener.fault(what);
  }

  /** The innermost of our own calls. */
  private static String place(StackTraceElement[] stack) {
    for (StackTraceElement call : stack) {
      if (call.getClassName().startsWith(OWN)) {
        return " at " + call;
      }
    }
    return stack.length == 0 ? "" : " at " + stack[0];
  }
}
