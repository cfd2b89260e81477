package dev.trial.checkers.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;

/** The view is the same graph as one of jgrapht's own. */
class DirectedViewTest {
  private static final int VERTICES = 8;

  @Property(tries = 1_000)
  void jgraphtSeesWhatWasBuilt(
      @ForAll @Size(max = 30) List<@IntRange(max = VERTICES * VERTICES - 1) Integer> edges) {
    GraphBuilder builder = new GraphBuilder(VERTICES);
    Graph<Integer, DefaultEdge> own = new DefaultDirectedGraph<>(DefaultEdge.class);
    for (int vertex = 0; vertex < VERTICES; vertex++) {
      own.addVertex(vertex);
    }
    for (int each : edges) {
      builder.add(each / VERTICES, each % VERTICES, Dependency.WW);
      if (each / VERTICES != each % VERTICES) {
        own.addEdge(each / VERTICES, each % VERTICES);
      }
    }
    DirectedView view = new DirectedView(builder.build());
    assertEquals(own.vertexSet(), view.vertexSet());
    assertEquals(own.edgeSet().size(), view.edgeSet().size());
    for (int vertex : own.vertexSet()) {
      assertEquals(own.inDegreeOf(vertex), view.inDegreeOf(vertex));
      assertEquals(own.outDegreeOf(vertex), view.outDegreeOf(vertex));
      assertEquals(own.degreeOf(vertex), view.edgesOf(vertex).size());
      for (int edge : view.incomingEdgesOf(vertex)) {
        assertEquals(vertex, view.getEdgeTarget(edge));
        assertTrue(own.containsEdge(view.getEdgeSource(edge), vertex));
      }
    }
    assertEquals(components(own), components(view));
  }

  private static <E> Set<Set<Integer>> components(Graph<Integer, E> graph) {
    return new HashSet<>(new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets());
  }

  @Example
  void kindsOfAnEdgeAreJoinedAndNothingCanBeChanged() {
    GraphBuilder builder = new GraphBuilder(2);
    builder.add(0, 1, Dependency.WW);
    builder.add(0, 1, Dependency.REALTIME);
    builder.add(1, 1, Dependency.RW);
    DependencyGraph graph = builder.build();
    assertEquals(1, graph.edges());
    assertTrue(graph.has(0, 1, Dependency.WW) && graph.has(0, 1, Dependency.REALTIME));
    assertFalse(graph.has(0, 1, Dependency.RW));
    DirectedView view = new DirectedView(graph);
    assertNull(view.getEdge(1, 0));
    assertThrows(UnsupportedOperationException.class, () -> view.addEdge(1, 0));
    assertThrows(UnsupportedOperationException.class, () -> view.removeVertex(0));
  }
}
