package dev.trial.checkers.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jgrapht.GraphType;
import org.jgrapht.graph.AbstractGraph;
import org.jgrapht.graph.DefaultGraphType;

/**
 * A {@link DependencyGraph} as jgrapht's algorithms take graphs: vertices and edges are its
 * numbers. It cannot be changed.
 */
public final class DirectedView extends AbstractGraph<Integer, Integer> {
  private static final GraphType TYPE =
      new DefaultGraphType.Builder()
          .directed()
          .weighted(false)
          .modifiable(false)
          .allowMultipleEdges(false)
          .allowSelfLoops(false)
          .build();

  private final DependencyGraph graph;
  private final int[] sources;
  private final int[] incomingStarts;
  private final int[] incoming;

  public DirectedView(DependencyGraph graph) {
    this.graph = graph;
    this.sources = new int[graph.edges()];
    this.incomingStarts = new int[graph.vertices() + 1];
    this.incoming = new int[graph.edges()];
    for (int vertex = 0; vertex < graph.vertices(); vertex++) {
      Arrays.fill(sources, graph.firstEdge(vertex), graph.firstEdge(vertex + 1), vertex);
    }
    for (int edge = 0; edge < graph.edges(); edge++) {
      incomingStarts[graph.target(edge) + 1]++;
    }
    for (int vertex = 0; vertex < graph.vertices(); vertex++) {
      incomingStarts[vertex + 1] += incomingStarts[vertex];
    }
    int[] next = incomingStarts.clone();
    for (int edge = 0; edge < graph.edges(); edge++) {
      incoming[next[graph.target(edge)]++] = edge;
    }
  }

  // ---- asking

  @Override
  public GraphType getType() {
    return TYPE;
  }

  @Override
  public Set<Integer> vertexSet() {
    return new IntRange(0, graph.vertices(), place -> place);
  }

  @Override
  public Set<Integer> edgeSet() {
    return new IntRange(0, graph.edges(), place -> place);
  }

  @Override
  public boolean containsVertex(Integer vertex) {
    return vertex >= 0 && vertex < graph.vertices();
  }

  @Override
  public boolean containsEdge(Integer edge) {
    return edge >= 0 && edge < graph.edges();
  }

  @Override
  public Integer getEdge(Integer from, Integer to) {
    int edge = graph.edge(from, to);
    return edge < 0 ? null : edge;
  }

  @Override
  public Set<Integer> getAllEdges(Integer from, Integer to) {
    Integer edge = getEdge(from, to);
    return edge == null ? Set.of() : Set.of(edge);
  }

  @Override
  public Integer getEdgeSource(Integer edge) {
    return sources[edge];
  }

  @Override
  public Integer getEdgeTarget(Integer edge) {
    return graph.target(edge);
  }

  @Override
  public double getEdgeWeight(Integer edge) {
    return DEFAULT_EDGE_WEIGHT;
  }

  @Override
  public Set<Integer> outgoingEdgesOf(Integer vertex) {
    return new IntRange(graph.firstEdge(vertex), graph.firstEdge(vertex + 1), place -> place);
  }

  @Override
  public Set<Integer> incomingEdgesOf(Integer vertex) {
    return new IntRange(
        incomingStarts[vertex], incomingStarts[vertex + 1], place -> incoming[place]);
  }

  @Override
  public Set<Integer> edgesOf(Integer vertex) {
    List<Integer> both = new ArrayList<>(incomingEdgesOf(vertex));
    both.addAll(outgoingEdgesOf(vertex));
    return new IntRange(0, both.size(), both::get);
  }

  @Override
  public int inDegreeOf(Integer vertex) {
    return incomingStarts[vertex + 1] - incomingStarts[vertex];
  }

  @Override
  public int outDegreeOf(Integer vertex) {
    return graph.firstEdge(vertex + 1) - graph.firstEdge(vertex);
  }

  @Override
  public int degreeOf(Integer vertex) {
    return inDegreeOf(vertex) + outDegreeOf(vertex);
  }

  // ---- changing: refused

  @Override
  public Supplier<Integer> getVertexSupplier() {
    return null;
  }

  @Override
  public Supplier<Integer> getEdgeSupplier() {
    return null;
  }

  @Override
  public Integer addEdge(Integer from, Integer to) {
    throw refused();
  }

  @Override
  public boolean addEdge(Integer from, Integer to, Integer edge) {
    throw refused();
  }

  @Override
  public Integer addVertex() {
    throw refused();
  }

  @Override
  public boolean addVertex(Integer vertex) {
    throw refused();
  }

  @Override
  public Integer removeEdge(Integer from, Integer to) {
    throw refused();
  }

  @Override
  public boolean removeEdge(Integer edge) {
    throw refused();
  }

  @Override
  public boolean removeVertex(Integer vertex) {
    throw refused();
  }

  @Override
  public void setEdgeWeight(Integer edge, double weight) {
    throw refused();
  }

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("a dependency graph does not change");
  }
}
