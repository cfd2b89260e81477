package dev.trial.checkers.graph;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Some vertices of a graph and the edges of some kinds among them, numbered anew.
 *
 * @param vertices the number each vertex had, ascending
 */
record Part(DependencyGraph graph, int[] vertices) {

  /**
   * Below this share of a graph's vertices it costs less to look a few up than to mark them all.
   */
  private static final int FEW = 32;

  /** {@code chosen} are ascending. */
  static Part of(DependencyGraph graph, int[] chosen, int kinds) {
    IntUnaryOperator placeOf = places(graph.vertices(), chosen);
    GraphBuilder builder = new GraphBuilder(chosen.length);
    for (int place = 0; place < chosen.length; place++) {
      int vertex = chosen[place];
      for (int edge = graph.firstEdge(vertex); edge < graph.firstEdge(vertex + 1); edge++) {
        int bits = graph.kinds(edge) & kinds;
        int target = bits == 0 ? -1 : placeOf.applyAsInt(graph.target(edge));
        if (target >= 0) {
          builder.add(place, target, bits);
        }
      }
    }
    return new Part(builder.build(), chosen);
  }

  /** The place of a chosen vertex, negative for all others. */
  private static IntUnaryOperator places(int vertices, int[] chosen) {
    if (chosen.length < vertices / FEW) {
      return vertex -> Arrays.binarySearch(chosen, vertex);
    }
    int[] places = new int[vertices];
    Arrays.fill(places, -1);
    for (int place = 0; place < chosen.length; place++) {
      places[chosen[place]] = place;
    }
    return vertex -> places[vertex];
  }

  /** The numbers that vertices of this part have in the graph it was taken from, ascending. */
  int[] original(int[] places) {
    int[] numbers = new int[places.length];
    Arrays.setAll(numbers, i -> vertices[places[i]]);
    return numbers;
  }
}
