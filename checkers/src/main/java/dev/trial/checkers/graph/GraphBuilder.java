package dev.trial.checkers.graph;

import it.unimi.dsi.fastutil.bytes.ByteArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/** Collects edges in any order, also several times. */
public final class GraphBuilder {
  private final int vertices;
  private final IntArrayList sources = new IntArrayList();
  private final IntArrayList targets = new IntArrayList();
  private final ByteArrayList kinds = new ByteArrayList();

  public GraphBuilder(int vertices) {
    this.vertices = vertices;
  }

  /** Adds an edge; one from a vertex to itself says nothing and is left out. */
  public void add(int from, int to, Dependency kind) {
    add(from, to, kind.bit());
  }

  void add(int from, int to, int bits) {
    if (from != to) {
      sources.add(from);
      targets.add(to);
      kinds.add((byte) bits);
    }
  }

  /** The graph of all edges so far. */
  public DependencyGraph build() {
    int[] starts = starts();
    int[] next = Arrays.copyOf(starts, vertices);
    int[] rowTargets = new int[sources.size()];
    byte[] rowKinds = new byte[sources.size()];
    for (int i = 0; i < sources.size(); i++) {
      int place = next[sources.getInt(i)]++;
      rowTargets[place] = targets.getInt(i);
      rowKinds[place] = kinds.getByte(i);
    }
    return merged(starts, rowTargets, rowKinds);
  }

  private int[] starts() {
    int[] starts = new int[vertices + 1];
    for (int i = 0; i < sources.size(); i++) {
      starts[sources.getInt(i) + 1]++;
    }
    for (int vertex = 0; vertex < vertices; vertex++) {
      starts[vertex + 1] += starts[vertex];
    }
    return starts;
  }

  /** Joins edges between the same two vertices, in place: a row only gets shorter. */
  private DependencyGraph merged(int[] starts, int[] rowTargets, byte[] rowKinds) {
    int[] placeOf = new int[vertices];
    Arrays.fill(placeOf, -1);
    int size = 0;
    for (int vertex = 0; vertex < vertices; vertex++) {
      int begin = size;
      int end = starts[vertex + 1];
      for (int i = starts[vertex]; i < end; i++) {
        int target = rowTargets[i];
        if (placeOf[target] >= begin) {
          rowKinds[placeOf[target]] |= rowKinds[i];
          continue;
        }
        placeOf[target] = size;
        rowTargets[size] = target;
        rowKinds[size++] = rowKinds[i];
      }
      starts[vertex] = begin;
    }
    starts[vertices] = size;
    return new DependencyGraph(
        starts, Arrays.copyOf(rowTargets, size), Arrays.copyOf(rowKinds, size));
  }
}
