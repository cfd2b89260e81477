package dev.trial.checkers.graph;

/**
 * An immutable directed graph over the vertices 0 … n−1. The edges of a vertex stand side by side
 * (compressed sparse rows): {@code firstEdge(v)} up to, not with, {@code firstEdge(v + 1)}. Between
 * two vertices there is at most one edge in each direction, with all its kinds; none from a vertex
 * to itself.
 */
public final class DependencyGraph {
  private final int[] starts;
  private final int[] targets;
  private final byte[] kinds;

  DependencyGraph(int[] starts, int[] targets, byte[] kinds) {
    this.starts = starts;
    this.targets = targets;
    this.kinds = kinds;
  }

  public int vertices() {
    return starts.length - 1;
  }

  public int edges() {
    return starts[starts.length - 1];
  }

  /** The first edge that leaves a vertex. */
  public int firstEdge(int vertex) {
    return starts[vertex];
  }

  public int target(int edge) {
    return targets[edge];
  }

  /** The {@link Dependency#bit bits} of the kinds an edge has. */
  public int kinds(int edge) {
    return kinds[edge];
  }

  /** The edge between two vertices, −1 if there is none. */
  public int edge(int from, int to) {
    for (int edge = starts[from]; edge < starts[from + 1]; edge++) {
      if (targets[edge] == to) {
        return edge;
      }
    }
    return -1;
  }

  /** The same graph with every edge turned around. */
  DependencyGraph reversed() {
    int[] reversedStarts = new int[starts.length];
    for (int edge = 0; edge < edges(); edge++) {
      reversedStarts[targets[edge] + 1]++;
    }
    for (int vertex = 0; vertex < vertices(); vertex++) {
      reversedStarts[vertex + 1] += reversedStarts[vertex];
    }
    int[] next = reversedStarts.clone();
    int[] sources = new int[edges()];
    byte[] sameKinds = new byte[edges()];
    for (int vertex = 0; vertex < vertices(); vertex++) {
      for (int edge = starts[vertex]; edge < starts[vertex + 1]; edge++) {
        int place = next[targets[edge]]++;
        sources[place] = vertex;
        sameKinds[place] = kinds[edge];
      }
    }
    return new DependencyGraph(reversedStarts, sources, sameKinds);
  }

  /** True if there is an edge of that kind. */
  public boolean has(int from, int to, Dependency kind) {
    int edge = edge(from, to);
    return edge >= 0 && kind.in(kinds[edge]);
  }
}
