package dev.trial.checkers.graph;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;

/**
 * Shortest walks, breadth first. A walk may be asked to use at least one edge that is not plain, so
 * what is searched are pairs of a vertex and whether that has happened: pair 2v or 2v + 1.
 */
final class ShortestWalk {
  private final DependencyGraph graph;
  private final int[] round;
  private final int[] cameFrom;
  private final int[] queue;
  private int rounds;
  private long edgesSeen;

  ShortestWalk(DependencyGraph graph) {
    this.graph = graph;
    this.round = new int[2 * graph.vertices()];
    this.cameFrom = new int[2 * graph.vertices()];
    this.queue = new int[2 * graph.vertices()];
  }

  /** How many edges were looked at by all searches. */
  long edgesSeen() {
    return edgesSeen;
  }

  /**
   * The vertices from {@code from} to {@code to}, both included; empty if there is no such walk
   * over at most {@code edgesMost} edges.
   *
   * @param plain edges with one of these kinds may be used
   * @param other edges with none of the plain kinds but one of these must be used once or more, if
   *     there are any such kinds
   */
  int[] find(int from, int to, int plain, int other, int edgesMost) {
    rounds++;
    int goal = 2 * to + (other == 0 ? 0 : 1);
    int head = 0;
    int tail = 0;
    queue[tail++] = visit(2 * from, -1);
    int levelEnd = tail;
    for (int length = 0; length < edgesMost && head < tail; head++) {
      tail = follow(queue[head], plain, other, tail);
      if (round[goal] == rounds) {
        return walk(goal);
      }
      if (head + 1 == levelEnd) {
        levelEnd = tail;
        length++;
      }
    }
    return IntArrays.EMPTY_ARRAY;
  }

  private int follow(int pair, int plain, int other, int tail) {
    int end = tail;
    int vertex = pair >> 1;
    for (int edge = graph.firstEdge(vertex); edge < graph.firstEdge(vertex + 1); edge++) {
      int kinds = graph.kinds(edge);
      if ((kinds & (plain | other)) == 0) {
        continue;
      }
      int next = 2 * graph.target(edge) + ((kinds & plain) == 0 ? 1 : pair & 1);
      if (round[next] != rounds) {
        queue[end++] = visit(next, pair);
      }
    }
    edgesSeen += graph.firstEdge(vertex + 1) - graph.firstEdge(vertex);
    return end;
  }

  private int visit(int pair, int from) {
    round[pair] = rounds;
    cameFrom[pair] = from;
    return pair;
  }

  private int[] walk(int goal) {
    int length = 0;
    for (int pair = goal; pair >= 0; pair = cameFrom[pair]) {
      length++;
    }
    int[] vertices = new int[length];
    int place = length;
    for (int pair = goal; pair >= 0; pair = cameFrom[pair]) {
      vertices[--place] = pair >> 1;
    }
    return vertices;
  }

  /** True if no vertex occurs twice. */
  static boolean simple(int[] walk) {
    return Arrays.stream(walk).distinct().count() == walk.length;
  }
}
