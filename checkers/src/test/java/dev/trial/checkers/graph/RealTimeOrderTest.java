package dev.trial.checkers.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The reduced order says the same as comparing every two. */
class RealTimeOrderTest {

  @Property(tries = 2_000)
  void itsClosureIsTheIntervalOrderAndNoEdgeIsImplied(@ForAll("intervals") List<long[]> list) {
    int size = list.size();
    DependencyGraph graph = graph(list);
    boolean[][] before = closure(graph);
    for (int one = 0; one < size; one++) {
      for (int other = 0; other < size; other++) {
        assertEquals(list.get(one)[1] < list.get(other)[0], before[one][other]);
        for (int between = 0; between < size; between++) {
          boolean implied = before[one][between] && before[between][other];
          assertFalse(implied && graph.edge(one, other) >= 0);
        }
      }
    }
  }

  private static DependencyGraph graph(List<long[]> list) {
    GraphBuilder builder = new GraphBuilder(list.size());
    RealTimeOrder.addTo(
        builder,
        list.stream().mapToLong(each -> each[0]).toArray(),
        list.stream().mapToLong(each -> each[1]).toArray());
    return builder.build();
  }

  private static boolean[][] closure(DependencyGraph graph) {
    int size = graph.vertices();
    boolean[][] before = new boolean[size][size];
    for (int from = 0; from < size; from++) {
      for (int edge = graph.firstEdge(from); edge < graph.firstEdge(from + 1); edge++) {
        before[from][graph.target(edge)] = true;
      }
    }
    for (int between = 0; between < size; between++) {
      for (int from = 0; from < size; from++) {
        for (int to = 0; to < size; to++) {
          before[from][to] |= before[from][between] && before[between][to];
        }
      }
    }
    return before;
  }

  @Provide
  Arbitrary<List<long[]>> intervals() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 20), Arbitraries.integers().between(0, 8))
        .as(
            (begin, length) ->
                new long[] {
                  length == 8 ? RealTimeOrder.ALWAYS : begin,
                  length == 7 ? RealTimeOrder.NEVER : begin + length
                })
        .list()
        .ofMaxSize(9);
  }

  @Example
  void edgesGrowWithWhatRunsAtOnceNotWithTheHistory() {
    int size = 100_000;
    long[] invoked = new long[size];
    long[] completed = new long[size];
    for (int i = 0; i < size; i++) {
      invoked[i] = i;
      completed[i] = i + 9L;
    }
    GraphBuilder builder = new GraphBuilder(size);
    RealTimeOrder.addTo(builder, invoked, completed);
    assertTrue(builder.build().edges() <= 10 * size);
  }
}
