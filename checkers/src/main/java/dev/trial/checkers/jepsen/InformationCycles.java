package dev.trial.checkers.jepsen;

import dev.trial.checkers.graph.Cycle;
import dev.trial.checkers.graph.Dependency;
import dev.trial.checkers.graph.GraphBuilder;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.BudgetSpentException;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Finding;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * G1c of reads alone is an error: transactions that each read what the other wrote. Cycles that
 * need the order of writes are counted, as Kafka promises nothing about them: it does not isolate
 * writes of transactions from each other.
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
            values.putIfAbsent((long) before << 32 | after, value);
          }
        });
    stopIfSpent(budget);
    List<Anomaly> found = new ArrayList<>();
    for (Cycle cycle : search(reads)) {
      found.add(anomaly(history, values, cycle));
    }
    stopIfSpent(budget);
    Map<String, Long> allowed = new TreeMap<>();
    for (Cycle cycle : search(all)) {
      if (cycle.edges().contains(Dependency.WW)) {
        allowed.merge("allowed." + cycle.id(), 1L, Long::sum);
      }
    }
    return new Finding(ID, found, null, allowed);
  }

  private static void stopIfSpent(Budget budget) {
    if (budget.spent() != null) {
      throw new BudgetSpentException(budget.spent());
    }
  }

  private static List<Cycle> search(GraphBuilder graph) {
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

  private static Anomaly anomaly(KafkaHistory history, Long2IntOpenHashMap values, Cycle cycle) {
    List<Long> operations = new ArrayList<>();
    StringBuilder sentence = new StringBuilder();
    for (int place = 0; place < cycle.vertices().size(); place++) {
      int writer = cycle.vertices().get(place);
      int reader = cycle.after(place);
      operations.add(history.index(writer));
      String value = history.values.text(values.get((long) writer << 32 | reader));
      sentence.append(place == 0 ? "Operation " : ", operation ");
      sentence.append(history.index(reader)).append(" read value ").append(value);
      sentence.append(" of operation ").append(history.index(writer));
    }
    sentence.append(": each would have to be over before the other.");
    return new Anomaly(
        AnomalyKind.G1C,
        null,
        operations,
        List.of(),
        List.of(),
        Cause.UNEXPLAINED,
        sentence.toString());
  }
}
