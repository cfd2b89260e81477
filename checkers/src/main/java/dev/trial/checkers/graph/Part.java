package dev.trial.checkers.graph;

import java.util.Arrays;

/**
 * Some vertices of a graph and the edges of some kinds among them, numbered anew.
 *
 * @param vertices the number each vertex had, ascending
 */
record Part(DependencyGraph graph, int[] vertices) {

  /** {@code chosen} are ascending. */
  static Part of(DependencyGraph graph, int[] chosen, int kinds) {
    int[] places = new int[graph.vertices()];
    Arrays.fill(places, -1);
    for (int place = 0; place < chosen.length; place++) {
      places[chosen[place]] = place;
    }
    GraphBuilder builder = new GraphBuilder(chosen.length);
    for (int place = 0; place < chosen.length; place++) {
      int vertex = chosen[place];
      for (int edge = graph.firstEdge(vertex); edge < graph.firstEdge(vertex + 1); edge++) {
        int target = places[graph.target(edge)];
        int bits = graph.kinds(edge) & kinds;
        if (target >= 0 && bits != 0) {
          builder.add(place, target, bits);
        }
      }
    }
    return new Part(builder.build(), chosen);
  }

  /** The numbers that vertices of this part have in the graph it was taken from, ascending. */
  int[] original(int[] places) {
    int[] numbers = new int[places.length];
    Arrays.setAll(numbers, i -> vertices[places[i]]);
    return numbers;
  }
}
