package dev.trial.checkers.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A witness: {@code vertices[i]} must stand before {@code vertices[i + 1]} because of {@code
 * edges[i]}, and the last before the first. No vertex occurs twice; the smallest is the first.
 */
public record Cycle(
    CycleClass base, TimeOrder order, List<Integer> vertices, List<Dependency> edges) {

  public Cycle {
    vertices = List.copyOf(vertices);
    edges = List.copyOf(edges);
  }

  /** The name of what was found, such as G-single-realtime. */
  public String id() {
    return base.id() + order.suffix();
  }

  /** The weakest well-known model that forbids it. */
  public String model() {
    return switch (order) {
      case NONE -> base.model();
      case PROCESS_ORDER -> "strong session " + base.model();
      case REAL_TIME -> "strong " + base.model();
    };
  }

  /** The vertex that follows the one at a place. */
  public int after(int place) {
    return vertices.get((place + 1) % vertices.size());
  }

  /** The same cycle, with its smallest vertex first. */
  Cycle normal() {
    int first = vertices.indexOf(Collections.min(vertices));
    List<Integer> turned = new ArrayList<>(vertices);
    List<Dependency> turnedEdges = new ArrayList<>(edges);
    Collections.rotate(turned, -first);
    Collections.rotate(turnedEdges, -first);
    return new Cycle(base, order, turned, turnedEdges);
  }
}
