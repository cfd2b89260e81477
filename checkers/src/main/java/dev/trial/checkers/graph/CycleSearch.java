package dev.trial.checkers.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds cycles and says of which class they are. In each strongly connected component one shortest
 * cycle of each class is a witness; one that needs process or real-time order is given only where
 * none without it was found. Each component has at least one witness, unless the budget ends first.
 *
 * <p>For G2 a walk may go through a vertex twice; it is then no cycle, but two of a worse class,
 * which are given instead.
 */
public final class CycleSearch {
  private static final int ALL_KINDS = (1 << Dependency.values().length) - 1;
  private static final int DATA = Dependency.WW.bit() | Dependency.WR.bit() | Dependency.RW.bit();
  private static final int SHORTEST = 2;
  private static final int WITNESSES_COMPARED = 64;

  private final long edgesMost;
  private final List<Cycle> found = new ArrayList<>();
  private long edgesSeen;

  private CycleSearch(long edgesMost) {
    this.edgesMost = edgesMost;
  }

  /** Enough for hundreds of walks over the largest graphs; a second or two. */
  public static final long DEFAULT_EDGES_MOST = 100_000_000;

  /**
   * What was found.
   *
   * @param complete false if the budget ended before every class was looked for everywhere
   */
  public record Result(List<Cycle> cycles, boolean complete) {
    public Result {
      cycles = List.copyOf(cycles);
    }
  }

  /** Searches all of a graph, looking at no more edges than {@code edgesMost} or few more. */
  public static Result of(DependencyGraph graph, long edgesMost) {
    CycleSearch search = new CycleSearch(edgesMost);
    for (int[] component : StrongComponents.of(graph, ALL_KINDS)) {
      search.component(Part.of(graph, component, ALL_KINDS));
    }
    return new Result(search.found, search.edgesSeen < edgesMost);
  }

  private void component(Part whole) {
    List<Cycle> here = new ArrayList<>();
    for (TimeOrder order : TimeOrder.values()) {
      for (int[] component : StrongComponents.of(whole.graph(), DATA | order.kinds())) {
        for (CycleClass base : CycleClass.values()) {
          if (!known(here, base, component)) {
            search(whole.graph(), component, base, order, here);
          }
        }
      }
    }
    here.forEach(cycle -> found.add(original(cycle, whole).normal()));
  }

  /** True if such a cycle was found among these vertices with less order. */
  private static boolean known(List<Cycle> here, CycleClass base, int[] component) {
    return here.stream()
        .anyMatch(
            cycle ->
                cycle.base() == base
                    && Arrays.binarySearch(component, cycle.vertices().get(0)) >= 0);
  }

  private static Cycle original(Cycle cycle, Part part) {
    List<Integer> vertices = cycle.vertices().stream().map(each -> part.vertices()[each]).toList();
    return new Cycle(cycle.base(), cycle.order(), vertices, cycle.edges());
  }

  /** Looks for one cycle of a class; of those that need no rw in every component apart. */
  private void search(
      DependencyGraph graph, int[] component, CycleClass base, TimeOrder order, List<Cycle> here) {
    Part part = Part.of(graph, component, DATA | order.kinds());
    if (base.rwLeast() > 0) {
      add(part, shortest(part.graph(), base, order), here);
      return;
    }
    int kinds = base.plain() | order.kinds();
    for (int[] inner : StrongComponents.of(part.graph(), kinds)) {
      Part innerPart = Part.of(graph, part.original(inner), kinds);
      add(innerPart, shortest(innerPart.graph(), base, order), here);
    }
  }

  private static void add(Part part, Cycle cycle, List<Cycle> here) {
    if (cycle != null) {
      here.add(original(cycle, part));
    }
  }

  /** The shortest cycle through the edges that make it one of this class; null if none is found. */
  private Cycle shortest(DependencyGraph graph, CycleClass base, TimeOrder order) {
    ShortestWalk walks = new ShortestWalk(graph);
    Cycle best = null;
    int compared = 0;
    for (int from = 0; from < graph.vertices(); from++) {
      for (int edge = graph.firstEdge(from); edge < graph.firstEdge(from + 1); edge++) {
        boolean done =
            best != null && (best.edges().size() == SHORTEST || compared > WITNESSES_COMPARED);
        if (done || edgesSeen + walks.edgesSeen() >= edgesMost) {
          edgesSeen += walks.edgesSeen();
          return best;
        }
        if (makes(graph.kinds(edge), base, order)) {
          int longest = best == null ? graph.vertices() * 2 : best.edges().size() - 2;
          Cycle next = through(walks, graph, from, graph.target(edge), base, order, longest);
          compared += best == null && next == null ? 0 : 1;
          best = next == null ? best : next;
        }
      }
    }
    edgesSeen += walks.edgesSeen();
    return best;
  }

  /** True if an edge is what a cycle of this class cannot do without. */
  private static boolean makes(int kinds, CycleClass base, TimeOrder order) {
    int weaker =
        switch (base) {
          case G0 -> 0;
          case G1C -> Dependency.WW.bit() | order.kinds();
          case G_SINGLE, G2_ITEM -> base.plain() | order.kinds();
        };
    int own =
        switch (base) {
          case G0 -> Dependency.WW.bit();
          case G1C -> Dependency.WR.bit();
          case G_SINGLE, G2_ITEM -> Dependency.RW.bit();
        };
    return (kinds & own) != 0 && (kinds & weaker) == 0;
  }

  private static Cycle through(
      ShortestWalk walks,
      DependencyGraph graph,
      int from,
      int to,
      CycleClass base,
      TimeOrder order,
      int longest) {
    int plain = base.plain() | order.kinds();
    int other = base.rwLeast() > 1 ? Dependency.RW.bit() : 0;
    int[] back = walks.find(to, from, plain, other, longest);
    if (back.length == 0 || !ShortestWalk.simple(back)) {
      return null;
    }
    List<Integer> vertices = Arrays.stream(back).boxed().toList();
    List<Dependency> edges = new ArrayList<>();
    for (int i = 0; i < back.length; i++) {
      int kinds = graph.kinds(graph.edge(back[i], back[(i + 1) % back.length]));
      edges.add(named(kinds, plain));
    }
    return new Cycle(base, order, vertices, edges);
  }

  /** An edge of several kinds is what weighs least in the class at hand. */
  private static Dependency named(int kinds, int plain) {
    for (Dependency each : Dependency.values()) {
      if (each.in(kinds & plain)) {
        return each;
      }
    }
    return Dependency.RW;
  }
}
