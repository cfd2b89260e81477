package dev.trial.checkers.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jgrapht.alg.cycle.JohnsonSimpleCycles;

/** The search against every simple cycle that jgrapht lists. */
class CycleSearchTest {
  private static final int VERTICES = 7;
  private static final int DATA = 7;

  /** A simple cycle, and what it is when so much of time may be used. */
  private record Listed(List<Integer> vertices, CycleClass base, TimeOrder order) {}

  @Property(tries = 3_000)
  void witnessesAreCyclesOfTheirClass(@ForAll("graphs") DependencyGraph graph) {
    for (Cycle cycle : search(graph)) {
      assertEquals(cycle.vertices().size(), new HashSet<>(cycle.vertices()).size());
      int rw = 0;
      for (int i = 0; i < cycle.edges().size(); i++) {
        Dependency kind = cycle.edges().get(i);
        assertTrue(graph.has(cycle.vertices().get(i), cycle.after(i), kind), cycle::toString);
        rw += kind == Dependency.RW ? 1 : 0;
      }
      assertEquals(cycle.base(), classOf(graph, cycle.vertices(), cycle.order()), cycle::toString);
      assertEquals(Math.min(rw, 2), cycle.base().rwLeast());
    }
  }

  @Property(tries = 3_000)
  void noClassIsMissed(@ForAll("graphs") DependencyGraph graph) {
    List<Cycle> found = search(graph);
    List<Listed> all = all(graph);
    assertEquals(all.isEmpty(), found.isEmpty());
    for (Listed each : all) {
      boolean witnessed =
          found.stream()
              .anyMatch(
                  cycle ->
                      (cycle.base() == each.base() || each.base() == CycleClass.G2_ITEM)
                          && cycle.order().compareTo(each.order()) <= 0);
      assertTrue(witnessed, () -> each + " among " + found);
    }
  }

  @Property(tries = 2_000)
  void dataCyclesAreAsShortAsCanBe(@ForAll("graphs") DependencyGraph graph) {
    List<Cycle> found = search(graph);
    List<Listed> all = all(graph);
    for (CycleClass base : List.of(CycleClass.G0, CycleClass.G1C, CycleClass.G_SINGLE)) {
      OptionalInt shortest =
          all.stream()
              .filter(each -> each.base() == base && each.order() == TimeOrder.NONE)
              .mapToInt(each -> each.vertices().size())
              .min();
      OptionalInt witness =
          found.stream()
              .filter(each -> each.base() == base && each.order() == TimeOrder.NONE)
              .mapToInt(each -> each.vertices().size())
              .min();
      assertEquals(shortest, witness);
    }
  }

  /** One step in time says as much as several. */
  @Property(tries = 1_000)
  void directCyclesHaveNoTwoStepsInTimeInARow(@ForAll("graphs") DependencyGraph graph) {
    for (Cycle cycle : search(graph)) {
      Cycle direct = cycle.direct();
      assertEquals(data(cycle), data(direct));
      assertTrue(cycle.vertices().containsAll(direct.vertices()), direct::toString);
      assertEquals(direct.vertices().size(), direct.edges().size());
      for (int i = 0; i < direct.edges().size(); i++) {
        Dependency next = direct.edges().get((i + 1) % direct.edges().size());
        assertTrue(!direct.edges().get(i).ofTime() || !next.ofTime(), direct::toString);
      }
    }
  }

  private static long data(Cycle cycle) {
    return cycle.edges().stream().filter(each -> !each.ofTime()).count();
  }

  private static List<Cycle> search(DependencyGraph graph) {
    CycleSearch.Result result = CycleSearch.of(graph, CycleSearch.DEFAULT_EDGES_MOST);
    assertTrue(result.complete());
    return result.cycles();
  }

  private static List<Listed> all(DependencyGraph graph) {
    List<Listed> listed = new ArrayList<>();
    for (List<Integer> cycle :
        new JohnsonSimpleCycles<>(new DirectedView(graph)).findSimpleCycles()) {
      for (TimeOrder order : TimeOrder.values()) {
        CycleClass base = classOf(graph, cycle, order);
        if (base != null) {
          listed.add(new Listed(cycle, base, order));
        }
      }
    }
    return listed;
  }

  /** By definition: what is left of each edge when those that weigh nothing are taken first. */
  private static CycleClass classOf(
      DependencyGraph graph, List<Integer> vertices, TimeOrder order) {
    int rw = 0;
    int wr = 0;
    for (int i = 0; i < vertices.size(); i++) {
      int kinds =
          graph.kinds(graph.edge(vertices.get(i), vertices.get((i + 1) % vertices.size())))
              & (DATA | order.kinds());
      if (kinds == 0) {
        return null;
      }
      boolean free = (kinds & (Dependency.WW.bit() | order.kinds())) != 0;
      boolean read = Dependency.WR.in(kinds);
      wr += !free && read ? 1 : 0;
      rw += free || read ? 0 : 1;
    }
    if (rw > 0) {
      return rw == 1 ? CycleClass.G_SINGLE : CycleClass.G2_ITEM;
    }
    return wr > 0 ? CycleClass.G1C : CycleClass.G0;
  }

  /** Time goes on: process and real-time edges lead to higher numbers only. */
  @Provide
  Arbitrary<DependencyGraph> graphs() {
    Arbitrary<Integer> vertex = Arbitraries.integers().between(0, VERTICES - 1);
    Arbitrary<int[]> edge =
        Combinators.combine(vertex, vertex, Arbitraries.integers().between(0, 4))
            .as(
                (from, to, kind) ->
                    kind >= 3
                        ? new int[] {Math.min(from, to), Math.max(from, to), kind}
                        : new int[] {from, to, kind});
    return edge.list()
        .ofMaxSize(16)
        .map(
            edges -> {
              GraphBuilder builder = new GraphBuilder(VERTICES);
              edges.forEach(each -> builder.add(each[0], each[1], Dependency.values()[each[2]]));
              return builder.build();
            });
  }

  @Example
  void aRingOfAHundredThousandNeedsNoDeepStack() {
    int size = 100_000;
    GraphBuilder builder = new GraphBuilder(size);
    IntStream.range(0, size).forEach(i -> builder.add(i, (i + 1) % size, Dependency.WW));
    List<Cycle> found = search(builder.build());
    assertEquals(1, found.size());
    assertEquals(size, found.get(0).vertices().size());
    assertEquals("G0", found.get(0).id());
  }

  @Example
  void tensOfThousandsOfSmallCyclesAreEachFound() {
    int pairs = 20_000;
    GraphBuilder builder = new GraphBuilder(2 * pairs);
    for (int i = 0; i < pairs; i++) {
      builder.add(2 * i, 2 * i + 1, Dependency.WR);
      builder.add(2 * i + 1, 2 * i, Dependency.RW);
      builder.add(2 * i, 2 * i + 2 < 2 * pairs ? 2 * i + 2 : 2 * i, Dependency.REALTIME);
    }
    List<Cycle> found = search(builder.build());
    assertEquals(pairs, found.size());
    assertTrue(found.stream().allMatch(each -> each.id().equals("G-single")));
  }

  @Example
  void beyondTheBudgetNothingIsSaidToBeComplete() {
    GraphBuilder builder = new GraphBuilder(2_000);
    for (int i = 0; i < 2_000; i++) {
      builder.add(i, (i + 1) % 2_000, i % 2 == 0 ? Dependency.RW : Dependency.WR);
    }
    assertFalse(CycleSearch.of(builder.build(), 1_000).complete());
  }
}
