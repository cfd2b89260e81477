package dev.trial.checkers.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;

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

  /**
   * The same cycle with each run of time edges as the one edge they amount to: what was over before
   * something that was over before a third was over before that, too. Where both the order of a
   * process and real time are in a run, real time is what is left.
   */
  public Cycle direct() {
    int first = 0;
    while (edges.get(before(first)).ofTime()) {
      first++;
    }
    List<Integer> left = new ArrayList<>();
    List<Dependency> leftEdges = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      int place = (first + i) % edges.size();
      Dependency edge = edges.get(place);
      if (edge.ofTime() && edges.get(before(place)).ofTime()) {
        int last = leftEdges.size() - 1;
        leftEdges.set(last, leftEdges.get(last) == edge ? edge : Dependency.REALTIME);
      } else {
        left.add(vertices.get(place));
        leftEdges.add(edge);
      }
    }
    return new Cycle(base, order, left, leftEdges).normal();
  }

  /**
   * A cycle of real time without the way between two vertices of which one was over before the
   * other began: no proof needs what lies between them. Of time alone there is no cycle, so that
   * what closes this one stays.
   *
   * @param over whether its first vertex was over before its second began
   */
  public Cycle shortened(BiPredicate<Integer, Integer> over) {
    if (order != TimeOrder.REAL_TIME) {
      return this;
    }
    for (int steps = vertices.size() - 1; steps > 1; steps--) {
      for (int from = 0; from < vertices.size(); from++) {
        int to = (from + steps) % vertices.size();
        if (over.test(vertices.get(from), vertices.get(to))) {
          return without(from, steps).shortened(over);
        }
      }
    }
    return this;
  }

  /** One edge of real time in place of so many steps. */
  private Cycle without(int from, int steps) {
    List<Integer> left = new ArrayList<>(List.of(vertices.get(from)));
    List<Dependency> leftEdges = new ArrayList<>(List.of(Dependency.REALTIME));
    for (int i = from + steps; i < from + vertices.size(); i++) {
      left.add(vertices.get(i % vertices.size()));
      leftEdges.add(edges.get(i % vertices.size()));
    }
    return new Cycle(base, order, left, leftEdges).normal();
  }

  /** The same cycle, for what rests on at least so much of the order of time. */
  public Cycle atLeast(TimeOrder least) {
    return order.compareTo(least) >= 0 ? this : new Cycle(base, least, vertices, edges);
  }

  private int before(int place) {
    return (place + edges.size() - 1) % edges.size();
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
