package dev.trial.checkers.append;

import dev.trial.checkers.graph.Dependency;
import dev.trial.checkers.graph.GraphBuilder;
import dev.trial.checkers.graph.RealTimeOrder;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.List;

/** Which transaction came before which, by the clock and by the process that ran them. */
final class TimeEdges {
  private TimeEdges() {}

  static void addTo(GraphBuilder builder, List<Transaction> transactions) {
    processes(builder, transactions);
    realTime(builder, transactions);
  }

  private static void processes(GraphBuilder builder, List<Transaction> transactions) {
    Int2IntOpenHashMap lastOf = new Int2IntOpenHashMap();
    lastOf.defaultReturnValue(ListFacts.NOBODY);
    for (int number = 0; number < transactions.size(); number++) {
      Transaction each = transactions.get(number);
      int last = lastOf.get(each.process());
      if (!each.aborted() && last != ListFacts.NOBODY) {
        builder.add(last, number, Dependency.PROCESS);
      }
      if (each.committed()) {
        lastOf.put(each.process(), number);
      }
    }
  }

  private static void realTime(GraphBuilder builder, List<Transaction> transactions) {
    long[] invoked = new long[transactions.size()];
    long[] completed = new long[transactions.size()];
    for (int number = 0; number < invoked.length; number++) {
      Transaction each = transactions.get(number);
      invoked[number] = each.aborted() ? RealTimeOrder.ALWAYS : each.invoked();
      completed[number] = each.committed() ? each.completed() : RealTimeOrder.NEVER;
    }
    RealTimeOrder.addTo(builder, invoked, completed);
  }
}
