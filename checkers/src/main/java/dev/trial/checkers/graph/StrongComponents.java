package dev.trial.checkers.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;

/**
 * Where the cycles are: sets of vertices each of which can be reached from each other one. What has
 * no edge into it or none out of it is on no cycle and is taken away first, again and again; a
 * history without cycles is then gone, and of others little is left for jgrapht (Kosaraju's
 * algorithm, which needs no deep stack).
 */
final class StrongComponents {
  private StrongComponents() {}

  /** Those of more than one vertex by edges of these kinds, each ascending, by first vertex. */
  static List<int[]> of(DependencyGraph graph, int kinds) {
    int[] core = core(graph, kinds);
    if (core.length == 0) {
      return List.of();
    }
    Part part = Part.of(graph, core, kinds);
    List<int[]> components = new ArrayList<>();
    for (Set<Integer> each :
        new KosarajuStrongConnectivityInspector<>(new DirectedView(part.graph()))
            .stronglyConnectedSets()) {
      if (each.size() > 1) {
        components.add(part.original(each.stream().mapToInt(i -> i).sorted().toArray()));
      }
    }
    components.sort(Comparator.comparingInt(component -> component[0]));
    return components;
  }

  private static int[] core(DependencyGraph graph, int kinds) {
    int[] entered = withoutSources(graph, kinds);
    if (entered.length == 0) {
      return entered;
    }
    Part part = Part.of(graph, entered, kinds);
    return part.original(withoutSources(part.graph().reversed(), kinds));
  }

  /** Takes away what no edge leads to until there is nothing such (Kahn 1962); the rest. */
  private static int[] withoutSources(DependencyGraph graph, int kinds) {
    int[] edgesInto = edgesInto(graph, kinds);
    int[] sources = new int[graph.vertices()];
    int known = 0;
    for (int vertex = 0; vertex < graph.vertices(); vertex++) {
      if (edgesInto[vertex] == 0) {
        sources[known++] = vertex;
      }
    }
    for (int taken = 0; taken < known; taken++) {
      int vertex = sources[taken];
      for (int edge = graph.firstEdge(vertex); edge < graph.firstEdge(vertex + 1); edge++) {
        if ((graph.kinds(edge) & kinds) != 0 && --edgesInto[graph.target(edge)] == 0) {
          sources[known++] = graph.target(edge);
        }
      }
    }
    return left(edgesInto, graph.vertices() - known);
  }

  private static int[] edgesInto(DependencyGraph graph, int kinds) {
    int[] edgesInto = new int[graph.vertices()];
    for (int edge = 0; edge < graph.edges(); edge++) {
      if ((graph.kinds(edge) & kinds) != 0) {
        edgesInto[graph.target(edge)]++;
      }
    }
    return edgesInto;
  }

  private static int[] left(int[] edgesInto, int count) {
    int[] left = new int[count];
    int size = 0;
    for (int vertex = 0; vertex < edgesInto.length; vertex++) {
      if (edgesInto[vertex] > 0) {
        left[size++] = vertex;
      }
    }
    return Arrays.copyOf(left, size);
  }
}
