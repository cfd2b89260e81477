package dev.trial.checkers.jepsen;

import static dev.trial.checkers.jepsen.KafkaHistory.NONE;

import dev.trial.checkers.graph.Cycle;
import dev.trial.checkers.graph.Dependency;
import dev.trial.checkers.graph.GraphBuilder;
import dev.trial.checkers.graph.RealTimeOrder;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.BudgetSpentException;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Finding;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * G1c of reads is an error: operations that each read what the other wrote, also where the order in
 * which a process ran them, or that one was over before another began, closes the circle. Cycles
 * that need the order of writes are counted, as Kafka promises nothing about them: it does not
 * isolate writes of transactions from each other.
 */
public final class InformationCycles implements CycleSearch {
  private static final String ID = "cycles";

  @Override
  public Finding cycles(KafkaDependencies dependencies, Budget budget) {
    KafkaHistory history = dependencies.history();
    GraphBuilder reads = new GraphBuilder(history.size());
    GraphBuilder all = new GraphBuilder(history.size());
    Long2IntOpenHashMap values = new Long2IntOpenHashMap();
    dependencies.tell(
        (before, after, kind, value) -> {
          all.add(before, after, dependency(kind));
          if (kind == KafkaDependencies.Kind.WRITE_READ) {
            reads.add(before, after, Dependency.WR);
            values.putIfAbsent(pair(before, after), value);
          }
        });
    stopIfSpent(budget);
    List<Anomaly> found = new ArrayList<>();
    for (Cycle cycle : search(history, reads)) {
      Cycle shortest = cycle.direct().shortened((before, after) -> over(history, before, after));
      found.add(anomaly(history, values, shortest));
    }
    stopIfSpent(budget);
    Map<String, Long> allowed = new TreeMap<>();
    for (Cycle cycle : search(history, all)) {
      if (cycle.edges().contains(Dependency.WW)) {
        allowed.merge("allowed." + cycle.id(), 1L, Long::sum);
      }
    }
    return new Finding(ID, found, null, allowed);
  }

  private static long pair(int before, int after) {
    return (long) before << Integer.SIZE | after;
  }

  private static void stopIfSpent(Budget budget) {
    if (budget.spent() != null) {
      throw new BudgetSpentException(budget.spent());
    }
  }

  private static List<Cycle> search(KafkaHistory history, GraphBuilder graph) {
    processes(history, graph);
    realTime(history, graph);
    return dev.trial.checkers.graph.CycleSearch.of(
            graph.build(), dev.trial.checkers.graph.CycleSearch.DEFAULT_EDGES_MOST)
        .cycles();
  }

  private static Dependency dependency(KafkaDependencies.Kind kind) {
    return switch (kind) {
      case WRITE_WRITE -> Dependency.WW;
      case WRITE_READ -> Dependency.WR;
    };
  }

  // ---- the order of time

  private static void processes(KafkaHistory history, GraphBuilder graph) {
    Int2IntOpenHashMap lastOf = new Int2IntOpenHashMap();
    lastOf.defaultReturnValue(NONE);
    for (int operation = 0; operation < history.size(); operation++) {
      if (history.transacts(operation)) {
        int last = lastOf.get(history.process(operation));
        if (last != NONE) {
          graph.add(last, operation, Dependency.PROCESS);
        }
        if (history.ok(operation)) {
          lastOf.put(history.process(operation), operation);
        }
      }
    }
  }

  /** What ended without a known outcome may take effect at any later time. */
  private static void realTime(KafkaHistory history, GraphBuilder graph) {
    long[] invoked = new long[history.size()];
    long[] completed = new long[history.size()];
    Arrays.fill(invoked, RealTimeOrder.ALWAYS);
    Arrays.fill(completed, RealTimeOrder.NEVER);
    for (int operation = 0; operation < history.size(); operation++) {
      boolean begun = history.transacts(operation) && history.invokedIndex(operation) != NONE;
      if (begun) {
        invoked[operation] = history.invokedIndex(operation);
        completed[operation] =
            history.ok(operation) ? history.index(operation) : RealTimeOrder.NEVER;
      }
    }
    RealTimeOrder.addTo(graph, invoked, completed);
  }

  /** True if one was over before the other began. */
  private static boolean over(KafkaHistory history, int before, int after) {
    return history.ok(before)
        && history.invokedIndex(after) != NONE
        && history.index(before) < history.invokedIndex(after);
  }

  // ---- wording

  private static Anomaly anomaly(KafkaHistory history, Long2IntOpenHashMap values, Cycle cycle) {
    List<Long> operations = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (int place = 0; place < cycle.vertices().size(); place++) {
      int before = cycle.vertices().get(place);
      int after = cycle.after(place);
      operations.add(history.index(before));
      reasons.add(because(history, values, cycle.edges().get(place), before, after));
    }
    return new Anomaly(
        kind(cycle),
        null,
        operations,
        List.of(),
        List.of(),
        Cause.UNEXPLAINED,
        Capital.of(String.join(", ", reasons)) + ": each would have to be over before the other.");
  }

  private static AnomalyKind kind(Cycle cycle) {
    return switch (cycle.order()) {
      case NONE -> AnomalyKind.G1C;
      case PROCESS_ORDER -> AnomalyKind.G1C_PROCESS;
      case REAL_TIME -> AnomalyKind.G1C_REALTIME;
    };
  }

  private static String because(
      KafkaHistory history, Long2IntOpenHashMap values, Dependency kind, int before, int after) {
    String first = "operation " + history.index(before);
    String second = "operation " + history.index(after);
    return switch (kind) {
      case WR ->
          second
              + " read value "
              + history.values.text(values.get(pair(before, after)))
              + " of "
              + first;
      case PROCESS ->
          "process " + history.process(before) + " ran " + first + " and then " + second;
      case REALTIME -> first + " was over before " + second + " began";
      case WW, RW -> throw new IllegalStateException("no such edge among reads: " + kind);
    };
  }
}
